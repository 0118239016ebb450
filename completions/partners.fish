# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_partners_global_optspecs
    string join \n db= json format= q/quiet v/verbose color= actor= yes wait= h/help V/version
end

function __fish_partners_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_partners_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_partners_using_subcommand
    set -l cmd (__fish_partners_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c partners -n "__fish_partners_needs_command" -l db -d 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]' -r -F
complete -c partners -n "__fish_partners_needs_command" -l format -d 'Answer as table, json or csv' -r -f -a "table\t'For people: tables and sentences'
json\t'For scripts: one JSON object'
csv\t'For spreadsheets: comma-separated values with a header row'"
complete -c partners -n "__fish_partners_needs_command" -l color -d 'Colour: auto, always or never (NO_COLOR is heeded)' -r -f -a "auto\t'On a terminal that can, unless `NO_COLOR` is set'
always\t'Even when piped'
never\t'Not at all'"
complete -c partners -n "__fish_partners_needs_command" -l actor -d 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]' -r
complete -c partners -n "__fish_partners_needs_command" -l wait -d 'Wait so long for another partners to let go of the database [default: 5]' -r
complete -c partners -n "__fish_partners_needs_command" -l json -d 'Answer with one JSON object (short for --format json)'
complete -c partners -n "__fish_partners_needs_command" -s q -l quiet -d 'Say nothing about routine success'
complete -c partners -n "__fish_partners_needs_command" -s v -l verbose -d 'Say more about what is being done'
complete -c partners -n "__fish_partners_needs_command" -l yes -d 'Consent to what would be asked; paying needs --expect-total as well'
complete -c partners -n "__fish_partners_needs_command" -s h -l help -d 'Print help'
complete -c partners -n "__fish_partners_needs_command" -s V -l version -d 'Print version'
complete -c partners -n "__fish_partners_needs_command" -f -a "init" -d 'Make the database, readable by nobody else; a second call changes nothing'
complete -c partners -n "__fish_partners_needs_command" -f -a "import" -d 'Take CSV files in: new rows are kept, known ones are seen, bad ones are set aside'
complete -c partners -n "__fish_partners_needs_command" -f -a "profile" -d 'See how other systems\' billing exports are read, and try a profile of your own'
complete -c partners -n "__fish_partners_needs_command" -f -a "attribute" -d 'Tie accounts to the partners who referred them, by evidence or by decision'
complete -c partners -n "__fish_partners_needs_command" -f -a "preview" -d 'Show what a run would pay, whom it would leave out, and what would lapse'
complete -c partners -n "__fish_partners_needs_command" -f -a "why" -d 'Explain when one partner is paid and why not yet: every gate and charge, and the day on which each changes'
complete -c partners -n "__fish_partners_needs_command" -f -a "lookup" -d 'Find anybody by whatever name a caller gives: who referred them, what their charges earned, or why nothing'
complete -c partners -n "__fish_partners_needs_command" -f -a "validate" -d 'List everybody with money counting who could not be paid, and what would help'
complete -c partners -n "__fish_partners_needs_command" -f -a "statement" -d 'Account for one partner\'s balance, line by line, tied to the runs'
complete -c partners -n "__fish_partners_needs_command" -f -a "report" -d 'Add the books up for the month\'s end'
complete -c partners -n "__fish_partners_needs_command" -f -a "payout" -d 'Create, approve and send a payday\'s payments, and record what became of them'
complete -c partners -n "__fish_partners_needs_command" -f -a "partner" -d 'Add, change and show partners'
complete -c partners -n "__fish_partners_needs_command" -f -a "paypal" -d 'Enter, confirm and share the addresses that PayPal pays to'
complete -c partners -n "__fish_partners_needs_command" -f -a "tax" -d 'Record tax paperwork and decide on it'
complete -c partners -n "__fish_partners_needs_command" -f -a "link" -d 'Add, claim and list referral links'
complete -c partners -n "__fish_partners_needs_command" -f -a "adjust" -d 'Add an amount to a partner\'s balance, or take one off, outside any charge'
complete -c partners -n "__fish_partners_needs_command" -f -a "account" -d 'Show and correct customers\' accounts'
complete -c partners -n "__fish_partners_needs_command" -f -a "charge" -d 'Show charges, and decide those that billing left open'
complete -c partners -n "__fish_partners_needs_command" -f -a "note" -d 'Keep remarks on partners, accounts, charges and runs'
complete -c partners -n "__fish_partners_needs_command" -f -a "policy" -d 'Show or change the rate, the minimum and the other numbers of the programme'
complete -c partners -n "__fish_partners_needs_command" -f -a "check" -d 'Prove that every cent is in exactly one place; silent when all is well'
complete -c partners -n "__fish_partners_needs_command" -f -a "audit" -d 'Read and verify the trail of who changed what, when and why'
complete -c partners -n "__fish_partners_needs_command" -f -a "backup" -d 'Copy the whole database, verified, beside whoever is writing'
complete -c partners -n "__fish_partners_needs_command" -f -a "restore" -d 'Put a backup in the place of the database, which is moved aside; no money leaves until it is reconciled'
complete -c partners -n "__fish_partners_needs_command" -f -a "doctor" -d 'Look at the set-up: files, disk, clock, backups, runs left open; silent when all is well'
complete -c partners -n "__fish_partners_needs_command" -f -a "completions" -d 'Print the completion script of a shell'
complete -c partners -n "__fish_partners_needs_command" -f -a "man" -d 'Write the manual, one page for each command'
complete -c partners -n "__fish_partners_needs_command" -f -a "demo" -d 'Play a complete month in a scratch directory, with every step told'
complete -c partners -n "__fish_partners_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c partners -n "__fish_partners_using_subcommand init" -l timezone -d 'Reckon dates in this time zone (R1.1) [default: UTC]' -r
complete -c partners -n "__fish_partners_using_subcommand init" -l currency -d 'Pay in this currency, which never changes [default: USD]' -r
complete -c partners -n "__fish_partners_using_subcommand init" -l group -d 'Share the database with a group: mode 0660 in a folder of mode 2770' -r
complete -c partners -n "__fish_partners_using_subcommand init" -l db -d 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]' -r -F
complete -c partners -n "__fish_partners_using_subcommand init" -l format -d 'Answer as table, json or csv' -r -f -a "table\t'For people: tables and sentences'
json\t'For scripts: one JSON object'
csv\t'For spreadsheets: comma-separated values with a header row'"
complete -c partners -n "__fish_partners_using_subcommand init" -l color -d 'Colour: auto, always or never (NO_COLOR is heeded)' -r -f -a "auto\t'On a terminal that can, unless `NO_COLOR` is set'
always\t'Even when piped'
never\t'Not at all'"
complete -c partners -n "__fish_partners_using_subcommand init" -l actor -d 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]' -r
complete -c partners -n "__fish_partners_using_subcommand init" -l wait -d 'Wait so long for another partners to let go of the database [default: 5]' -r
complete -c partners -n "__fish_partners_using_subcommand init" -l json -d 'Answer with one JSON object (short for --format json)'
complete -c partners -n "__fish_partners_using_subcommand init" -s q -l quiet -d 'Say nothing about routine success'
complete -c partners -n "__fish_partners_using_subcommand init" -s v -l verbose -d 'Say more about what is being done'
complete -c partners -n "__fish_partners_using_subcommand init" -l yes -d 'Consent to what would be asked; paying needs --expect-total as well'
complete -c partners -n "__fish_partners_using_subcommand init" -s h -l help -d 'Print help'
complete -c partners -n "__fish_partners_using_subcommand import" -l rejects -d 'Write the rows that were set aside to FILE, each with its reason; an earlier such file is added to, and nothing else is replaced' -r -F
complete -c partners -n "__fish_partners_using_subcommand import" -l expect-rows -d 'Refuse the files unless they hold N rows together, set aside or passed over or not' -r
complete -c partners -n "__fish_partners_using_subcommand import" -l expect-total -d 'Refuse the files unless their amounts sum to A, of every row that is a charge and whose amount can be read' -r
complete -c partners -n "__fish_partners_using_subcommand import" -l profile -d 'Translate another system\'s columns by a profile, by its name or its file' -r
complete -c partners -n "__fish_partners_using_subcommand import" -l db -d 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]' -r -F
complete -c partners -n "__fish_partners_using_subcommand import" -l format -d 'Answer as table, json or csv' -r -f -a "table\t'For people: tables and sentences'
json\t'For scripts: one JSON object'
csv\t'For spreadsheets: comma-separated values with a header row'"
complete -c partners -n "__fish_partners_using_subcommand import" -l color -d 'Colour: auto, always or never (NO_COLOR is heeded)' -r -f -a "auto\t'On a terminal that can, unless `NO_COLOR` is set'
always\t'Even when piped'
never\t'Not at all'"
complete -c partners -n "__fish_partners_using_subcommand import" -l actor -d 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]' -r
complete -c partners -n "__fish_partners_using_subcommand import" -l wait -d 'Wait so long for another partners to let go of the database [default: 5]' -r
complete -c partners -n "__fish_partners_using_subcommand import" -l dry-run -d 'Say what would change, and change nothing'
complete -c partners -n "__fish_partners_using_subcommand import" -l strict -d 'Take a file only if every row of it is good'
complete -c partners -n "__fish_partners_using_subcommand import" -l accept-reversals -d 'Take rows that undo a refund or a chargeback, so that more is owed, and rows in test mode whose charge was taken for real; files with rows set aside are read again'
complete -c partners -n "__fish_partners_using_subcommand import" -l again -d 'Read files again whose very bytes were imported before'
complete -c partners -n "__fish_partners_using_subcommand import" -l json -d 'Answer with one JSON object (short for --format json)'
complete -c partners -n "__fish_partners_using_subcommand import" -s q -l quiet -d 'Say nothing about routine success'
complete -c partners -n "__fish_partners_using_subcommand import" -s v -l verbose -d 'Say more about what is being done'
complete -c partners -n "__fish_partners_using_subcommand import" -l yes -d 'Consent to what would be asked; paying needs --expect-total as well'
complete -c partners -n "__fish_partners_using_subcommand import" -s h -l help -d 'Print help'
complete -c partners -n "__fish_partners_using_subcommand profile; and not __fish_seen_subcommand_from list show check help" -l db -d 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]' -r -F
complete -c partners -n "__fish_partners_using_subcommand profile; and not __fish_seen_subcommand_from list show check help" -l format -d 'Answer as table, json or csv' -r -f -a "table\t'For people: tables and sentences'
json\t'For scripts: one JSON object'
csv\t'For spreadsheets: comma-separated values with a header row'"
complete -c partners -n "__fish_partners_using_subcommand profile; and not __fish_seen_subcommand_from list show check help" -l color -d 'Colour: auto, always or never (NO_COLOR is heeded)' -r -f -a "auto\t'On a terminal that can, unless `NO_COLOR` is set'
always\t'Even when piped'
never\t'Not at all'"
complete -c partners -n "__fish_partners_using_subcommand profile; and not __fish_seen_subcommand_from list show check help" -l actor -d 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]' -r
complete -c partners -n "__fish_partners_using_subcommand profile; and not __fish_seen_subcommand_from list show check help" -l wait -d 'Wait so long for another partners to let go of the database [default: 5]' -r
complete -c partners -n "__fish_partners_using_subcommand profile; and not __fish_seen_subcommand_from list show check help" -l json -d 'Answer with one JSON object (short for --format json)'
complete -c partners -n "__fish_partners_using_subcommand profile; and not __fish_seen_subcommand_from list show check help" -s q -l quiet -d 'Say nothing about routine success'
complete -c partners -n "__fish_partners_using_subcommand profile; and not __fish_seen_subcommand_from list show check help" -s v -l verbose -d 'Say more about what is being done'
complete -c partners -n "__fish_partners_using_subcommand profile; and not __fish_seen_subcommand_from list show check help" -l yes -d 'Consent to what would be asked; paying needs --expect-total as well'
complete -c partners -n "__fish_partners_using_subcommand profile; and not __fish_seen_subcommand_from list show check help" -s h -l help -d 'Print help'
complete -c partners -n "__fish_partners_using_subcommand profile; and not __fish_seen_subcommand_from list show check help" -f -a "list" -d 'List the built-in profiles'
complete -c partners -n "__fish_partners_using_subcommand profile; and not __fish_seen_subcommand_from list show check help" -f -a "show" -d 'Print a profile as it stands, to copy and change'
complete -c partners -n "__fish_partners_using_subcommand profile; and not __fish_seen_subcommand_from list show check help" -f -a "check" -d 'Show what a profile makes of a file, and import nothing'
complete -c partners -n "__fish_partners_using_subcommand profile; and not __fish_seen_subcommand_from list show check help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c partners -n "__fish_partners_using_subcommand profile; and __fish_seen_subcommand_from list" -l db -d 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]' -r -F
complete -c partners -n "__fish_partners_using_subcommand profile; and __fish_seen_subcommand_from list" -l format -d 'Answer as table, json or csv' -r -f -a "table\t'For people: tables and sentences'
json\t'For scripts: one JSON object'
csv\t'For spreadsheets: comma-separated values with a header row'"
complete -c partners -n "__fish_partners_using_subcommand profile; and __fish_seen_subcommand_from list" -l color -d 'Colour: auto, always or never (NO_COLOR is heeded)' -r -f -a "auto\t'On a terminal that can, unless `NO_COLOR` is set'
always\t'Even when piped'
never\t'Not at all'"
complete -c partners -n "__fish_partners_using_subcommand profile; and __fish_seen_subcommand_from list" -l actor -d 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]' -r
complete -c partners -n "__fish_partners_using_subcommand profile; and __fish_seen_subcommand_from list" -l wait -d 'Wait so long for another partners to let go of the database [default: 5]' -r
complete -c partners -n "__fish_partners_using_subcommand profile; and __fish_seen_subcommand_from list" -l json -d 'Answer with one JSON object (short for --format json)'
complete -c partners -n "__fish_partners_using_subcommand profile; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Say nothing about routine success'
complete -c partners -n "__fish_partners_using_subcommand profile; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say more about what is being done'
complete -c partners -n "__fish_partners_using_subcommand profile; and __fish_seen_subcommand_from list" -l yes -d 'Consent to what would be asked; paying needs --expect-total as well'
complete -c partners -n "__fish_partners_using_subcommand profile; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c partners -n "__fish_partners_using_subcommand profile; and __fish_seen_subcommand_from show" -l db -d 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]' -r -F
complete -c partners -n "__fish_partners_using_subcommand profile; and __fish_seen_subcommand_from show" -l format -d 'Answer as table, json or csv' -r -f -a "table\t'For people: tables and sentences'
json\t'For scripts: one JSON object'
csv\t'For spreadsheets: comma-separated values with a header row'"
complete -c partners -n "__fish_partners_using_subcommand profile; and __fish_seen_subcommand_from show" -l color -d 'Colour: auto, always or never (NO_COLOR is heeded)' -r -f -a "auto\t'On a terminal that can, unless `NO_COLOR` is set'
always\t'Even when piped'
never\t'Not at all'"
complete -c partners -n "__fish_partners_using_subcommand profile; and __fish_seen_subcommand_from show" -l actor -d 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]' -r
complete -c partners -n "__fish_partners_using_subcommand profile; and __fish_seen_subcommand_from show" -l wait -d 'Wait so long for another partners to let go of the database [default: 5]' -r
complete -c partners -n "__fish_partners_using_subcommand profile; and __fish_seen_subcommand_from show" -l json -d 'Answer with one JSON object (short for --format json)'
complete -c partners -n "__fish_partners_using_subcommand profile; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Say nothing about routine success'
complete -c partners -n "__fish_partners_using_subcommand profile; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Say more about what is being done'
complete -c partners -n "__fish_partners_using_subcommand profile; and __fish_seen_subcommand_from show" -l yes -d 'Consent to what would be asked; paying needs --expect-total as well'
complete -c partners -n "__fish_partners_using_subcommand profile; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c partners -n "__fish_partners_using_subcommand profile; and __fish_seen_subcommand_from check" -l profile -d 'Read it by this profile, by its name or its file [default: the one that fits the header]' -r
complete -c partners -n "__fish_partners_using_subcommand profile; and __fish_seen_subcommand_from check" -l db -d 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]' -r -F
complete -c partners -n "__fish_partners_using_subcommand profile; and __fish_seen_subcommand_from check" -l format -d 'Answer as table, json or csv' -r -f -a "table\t'For people: tables and sentences'
json\t'For scripts: one JSON object'
csv\t'For spreadsheets: comma-separated values with a header row'"
complete -c partners -n "__fish_partners_using_subcommand profile; and __fish_seen_subcommand_from check" -l color -d 'Colour: auto, always or never (NO_COLOR is heeded)' -r -f -a "auto\t'On a terminal that can, unless `NO_COLOR` is set'
always\t'Even when piped'
never\t'Not at all'"
complete -c partners -n "__fish_partners_using_subcommand profile; and __fish_seen_subcommand_from check" -l actor -d 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]' -r
complete -c partners -n "__fish_partners_using_subcommand profile; and __fish_seen_subcommand_from check" -l wait -d 'Wait so long for another partners to let go of the database [default: 5]' -r
complete -c partners -n "__fish_partners_using_subcommand profile; and __fish_seen_subcommand_from check" -l json -d 'Answer with one JSON object (short for --format json)'
complete -c partners -n "__fish_partners_using_subcommand profile; and __fish_seen_subcommand_from check" -s q -l quiet -d 'Say nothing about routine success'
complete -c partners -n "__fish_partners_using_subcommand profile; and __fish_seen_subcommand_from check" -s v -l verbose -d 'Say more about what is being done'
complete -c partners -n "__fish_partners_using_subcommand profile; and __fish_seen_subcommand_from check" -l yes -d 'Consent to what would be asked; paying needs --expect-total as well'
complete -c partners -n "__fish_partners_using_subcommand profile; and __fish_seen_subcommand_from check" -s h -l help -d 'Print help'
complete -c partners -n "__fish_partners_using_subcommand profile; and __fish_seen_subcommand_from help" -f -a "list" -d 'List the built-in profiles'
complete -c partners -n "__fish_partners_using_subcommand profile; and __fish_seen_subcommand_from help" -f -a "show" -d 'Print a profile as it stands, to copy and change'
complete -c partners -n "__fish_partners_using_subcommand profile; and __fish_seen_subcommand_from help" -f -a "check" -d 'Show what a profile makes of a file, and import nothing'
complete -c partners -n "__fish_partners_using_subcommand profile; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c partners -n "__fish_partners_using_subcommand attribute" -l to -d 'Assign it to this partner: id, link code or e-mail' -r
complete -c partners -n "__fish_partners_using_subcommand attribute" -l reason -d 'Say why; it is kept in the audit trail' -r
complete -c partners -n "__fish_partners_using_subcommand attribute" -l from -d 'Move only the charges billed on or after this day (R4.4)' -r
complete -c partners -n "__fish_partners_using_subcommand attribute" -l db -d 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]' -r -F
complete -c partners -n "__fish_partners_using_subcommand attribute" -l format -d 'Answer as table, json or csv' -r -f -a "table\t'For people: tables and sentences'
json\t'For scripts: one JSON object'
csv\t'For spreadsheets: comma-separated values with a header row'"
complete -c partners -n "__fish_partners_using_subcommand attribute" -l color -d 'Colour: auto, always or never (NO_COLOR is heeded)' -r -f -a "auto\t'On a terminal that can, unless `NO_COLOR` is set'
always\t'Even when piped'
never\t'Not at all'"
complete -c partners -n "__fish_partners_using_subcommand attribute" -l actor -d 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]' -r
complete -c partners -n "__fish_partners_using_subcommand attribute" -l wait -d 'Wait so long for another partners to let go of the database [default: 5]' -r
complete -c partners -n "__fish_partners_using_subcommand attribute" -l from-opening -d 'Move all charges since the account\'s opening (R4.4)'
complete -c partners -n "__fish_partners_using_subcommand attribute" -l override-lock -d 'Assign though the account opened longer ago than the referral lock allows (R4.3)'
complete -c partners -n "__fish_partners_using_subcommand attribute" -l override-referrer -d 'Assign though another referrer is tracked already (R4.3)'
complete -c partners -n "__fish_partners_using_subcommand attribute" -l dry-run -d 'Say what would change, and change nothing'
complete -c partners -n "__fish_partners_using_subcommand attribute" -l json -d 'Answer with one JSON object (short for --format json)'
complete -c partners -n "__fish_partners_using_subcommand attribute" -s q -l quiet -d 'Say nothing about routine success'
complete -c partners -n "__fish_partners_using_subcommand attribute" -s v -l verbose -d 'Say more about what is being done'
complete -c partners -n "__fish_partners_using_subcommand attribute" -l yes -d 'Consent to what would be asked; paying needs --expect-total as well'
complete -c partners -n "__fish_partners_using_subcommand attribute" -s h -l help -d 'Print help'
complete -c partners -n "__fish_partners_using_subcommand preview" -l date -d 'Date the run on this day [default: the next payday, today included]' -r
complete -c partners -n "__fish_partners_using_subcommand preview" -l partner -d 'Show only this partner: id, link code or e-mail' -r
complete -c partners -n "__fish_partners_using_subcommand preview" -l db -d 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]' -r -F
complete -c partners -n "__fish_partners_using_subcommand preview" -l format -d 'Answer as table, json or csv' -r -f -a "table\t'For people: tables and sentences'
json\t'For scripts: one JSON object'
csv\t'For spreadsheets: comma-separated values with a header row'"
complete -c partners -n "__fish_partners_using_subcommand preview" -l color -d 'Colour: auto, always or never (NO_COLOR is heeded)' -r -f -a "auto\t'On a terminal that can, unless `NO_COLOR` is set'
always\t'Even when piped'
never\t'Not at all'"
complete -c partners -n "__fish_partners_using_subcommand preview" -l actor -d 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]' -r
complete -c partners -n "__fish_partners_using_subcommand preview" -l wait -d 'Wait so long for another partners to let go of the database [default: 5]' -r
complete -c partners -n "__fish_partners_using_subcommand preview" -l json -d 'Answer with one JSON object (short for --format json)'
complete -c partners -n "__fish_partners_using_subcommand preview" -s q -l quiet -d 'Say nothing about routine success'
complete -c partners -n "__fish_partners_using_subcommand preview" -s v -l verbose -d 'Say more about what is being done'
complete -c partners -n "__fish_partners_using_subcommand preview" -l yes -d 'Consent to what would be asked; paying needs --expect-total as well'
complete -c partners -n "__fish_partners_using_subcommand preview" -s h -l help -d 'Print help'
complete -c partners -n "__fish_partners_using_subcommand why" -l date -d 'Explain a run dated on this day [default: the next payday, today included]' -r
complete -c partners -n "__fish_partners_using_subcommand why" -l db -d 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]' -r -F
complete -c partners -n "__fish_partners_using_subcommand why" -l format -d 'Answer as table, json or csv' -r -f -a "table\t'For people: tables and sentences'
json\t'For scripts: one JSON object'
csv\t'For spreadsheets: comma-separated values with a header row'"
complete -c partners -n "__fish_partners_using_subcommand why" -l color -d 'Colour: auto, always or never (NO_COLOR is heeded)' -r -f -a "auto\t'On a terminal that can, unless `NO_COLOR` is set'
always\t'Even when piped'
never\t'Not at all'"
complete -c partners -n "__fish_partners_using_subcommand why" -l actor -d 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]' -r
complete -c partners -n "__fish_partners_using_subcommand why" -l wait -d 'Wait so long for another partners to let go of the database [default: 5]' -r
complete -c partners -n "__fish_partners_using_subcommand why" -l reply -d 'Write a short mail to the partner instead: plain, and only about their own money'
complete -c partners -n "__fish_partners_using_subcommand why" -l json -d 'Answer with one JSON object (short for --format json)'
complete -c partners -n "__fish_partners_using_subcommand why" -s q -l quiet -d 'Say nothing about routine success'
complete -c partners -n "__fish_partners_using_subcommand why" -s v -l verbose -d 'Say more about what is being done'
complete -c partners -n "__fish_partners_using_subcommand why" -l yes -d 'Consent to what would be asked; paying needs --expect-total as well'
complete -c partners -n "__fish_partners_using_subcommand why" -s h -l help -d 'Print help'
complete -c partners -n "__fish_partners_using_subcommand lookup" -l db -d 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]' -r -F
complete -c partners -n "__fish_partners_using_subcommand lookup" -l format -d 'Answer as table, json or csv' -r -f -a "table\t'For people: tables and sentences'
json\t'For scripts: one JSON object'
csv\t'For spreadsheets: comma-separated values with a header row'"
complete -c partners -n "__fish_partners_using_subcommand lookup" -l color -d 'Colour: auto, always or never (NO_COLOR is heeded)' -r -f -a "auto\t'On a terminal that can, unless `NO_COLOR` is set'
always\t'Even when piped'
never\t'Not at all'"
complete -c partners -n "__fish_partners_using_subcommand lookup" -l actor -d 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]' -r
complete -c partners -n "__fish_partners_using_subcommand lookup" -l wait -d 'Wait so long for another partners to let go of the database [default: 5]' -r
complete -c partners -n "__fish_partners_using_subcommand lookup" -l mask -d 'Show only the first letters of names and addresses, for a shared screen'
complete -c partners -n "__fish_partners_using_subcommand lookup" -l json -d 'Answer with one JSON object (short for --format json)'
complete -c partners -n "__fish_partners_using_subcommand lookup" -s q -l quiet -d 'Say nothing about routine success'
complete -c partners -n "__fish_partners_using_subcommand lookup" -s v -l verbose -d 'Say more about what is being done'
complete -c partners -n "__fish_partners_using_subcommand lookup" -l yes -d 'Consent to what would be asked; paying needs --expect-total as well'
complete -c partners -n "__fish_partners_using_subcommand lookup" -s h -l help -d 'Print help'
complete -c partners -n "__fish_partners_using_subcommand validate" -l only -d 'Look at PayPal addresses or at tax paperwork alone' -r -f -a "paypal\t''
tax\t''"
complete -c partners -n "__fish_partners_using_subcommand validate" -l date -d 'Validate for a run dated on this day [default: the next payday, today included]' -r
complete -c partners -n "__fish_partners_using_subcommand validate" -l db -d 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]' -r -F
complete -c partners -n "__fish_partners_using_subcommand validate" -l format -d 'Answer as table, json or csv' -r -f -a "table\t'For people: tables and sentences'
json\t'For scripts: one JSON object'
csv\t'For spreadsheets: comma-separated values with a header row'"
complete -c partners -n "__fish_partners_using_subcommand validate" -l color -d 'Colour: auto, always or never (NO_COLOR is heeded)' -r -f -a "auto\t'On a terminal that can, unless `NO_COLOR` is set'
always\t'Even when piped'
never\t'Not at all'"
complete -c partners -n "__fish_partners_using_subcommand validate" -l actor -d 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]' -r
complete -c partners -n "__fish_partners_using_subcommand validate" -l wait -d 'Wait so long for another partners to let go of the database [default: 5]' -r
complete -c partners -n "__fish_partners_using_subcommand validate" -l json -d 'Answer with one JSON object (short for --format json)'
complete -c partners -n "__fish_partners_using_subcommand validate" -s q -l quiet -d 'Say nothing about routine success'
complete -c partners -n "__fish_partners_using_subcommand validate" -s v -l verbose -d 'Say more about what is being done'
complete -c partners -n "__fish_partners_using_subcommand validate" -l yes -d 'Consent to what would be asked; paying needs --expect-total as well'
complete -c partners -n "__fish_partners_using_subcommand validate" -s h -l help -d 'Print help'
complete -c partners -n "__fish_partners_using_subcommand statement" -l from -d 'Begin with this day [default: the beginning]' -r
complete -c partners -n "__fish_partners_using_subcommand statement" -l to -d 'End with this day [default: today, or the latest run\'s date where that is later]' -r
complete -c partners -n "__fish_partners_using_subcommand statement" -l db -d 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]' -r -F
complete -c partners -n "__fish_partners_using_subcommand statement" -l format -d 'Answer as table, json or csv' -r -f -a "table\t'For people: tables and sentences'
json\t'For scripts: one JSON object'
csv\t'For spreadsheets: comma-separated values with a header row'"
complete -c partners -n "__fish_partners_using_subcommand statement" -l color -d 'Colour: auto, always or never (NO_COLOR is heeded)' -r -f -a "auto\t'On a terminal that can, unless `NO_COLOR` is set'
always\t'Even when piped'
never\t'Not at all'"
complete -c partners -n "__fish_partners_using_subcommand statement" -l actor -d 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]' -r
complete -c partners -n "__fish_partners_using_subcommand statement" -l wait -d 'Wait so long for another partners to let go of the database [default: 5]' -r
complete -c partners -n "__fish_partners_using_subcommand statement" -l printable -d 'Write plain text of 80 columns, for paper'
complete -c partners -n "__fish_partners_using_subcommand statement" -l json -d 'Answer with one JSON object (short for --format json)'
complete -c partners -n "__fish_partners_using_subcommand statement" -s q -l quiet -d 'Say nothing about routine success'
complete -c partners -n "__fish_partners_using_subcommand statement" -s v -l verbose -d 'Say more about what is being done'
complete -c partners -n "__fish_partners_using_subcommand statement" -l yes -d 'Consent to what would be asked; paying needs --expect-total as well'
complete -c partners -n "__fish_partners_using_subcommand statement" -s h -l help -d 'Print help'
complete -c partners -n "__fish_partners_using_subcommand report; and not __fish_seen_subcommand_from liability undecided help" -l db -d 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]' -r -F
complete -c partners -n "__fish_partners_using_subcommand report; and not __fish_seen_subcommand_from liability undecided help" -l format -d 'Answer as table, json or csv' -r -f -a "table\t'For people: tables and sentences'
json\t'For scripts: one JSON object'
csv\t'For spreadsheets: comma-separated values with a header row'"
complete -c partners -n "__fish_partners_using_subcommand report; and not __fish_seen_subcommand_from liability undecided help" -l color -d 'Colour: auto, always or never (NO_COLOR is heeded)' -r -f -a "auto\t'On a terminal that can, unless `NO_COLOR` is set'
always\t'Even when piped'
never\t'Not at all'"
complete -c partners -n "__fish_partners_using_subcommand report; and not __fish_seen_subcommand_from liability undecided help" -l actor -d 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]' -r
complete -c partners -n "__fish_partners_using_subcommand report; and not __fish_seen_subcommand_from liability undecided help" -l wait -d 'Wait so long for another partners to let go of the database [default: 5]' -r
complete -c partners -n "__fish_partners_using_subcommand report; and not __fish_seen_subcommand_from liability undecided help" -l json -d 'Answer with one JSON object (short for --format json)'
complete -c partners -n "__fish_partners_using_subcommand report; and not __fish_seen_subcommand_from liability undecided help" -s q -l quiet -d 'Say nothing about routine success'
complete -c partners -n "__fish_partners_using_subcommand report; and not __fish_seen_subcommand_from liability undecided help" -s v -l verbose -d 'Say more about what is being done'
complete -c partners -n "__fish_partners_using_subcommand report; and not __fish_seen_subcommand_from liability undecided help" -l yes -d 'Consent to what would be asked; paying needs --expect-total as well'
complete -c partners -n "__fish_partners_using_subcommand report; and not __fish_seen_subcommand_from liability undecided help" -s h -l help -d 'Print help'
complete -c partners -n "__fish_partners_using_subcommand report; and not __fish_seen_subcommand_from liability undecided help" -f -a "liability" -d 'Add up what is owed, by how near it is to being paid, per partner and in all'
complete -c partners -n "__fish_partners_using_subcommand report; and not __fish_seen_subcommand_from liability undecided help" -f -a "undecided" -d 'List what earns nothing until somebody decides: lines of no kind, and refunds whose charge never came'
complete -c partners -n "__fish_partners_using_subcommand report; and not __fish_seen_subcommand_from liability undecided help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c partners -n "__fish_partners_using_subcommand report; and __fish_seen_subcommand_from liability" -l date -d 'Add up as of this day [default: today]' -r
complete -c partners -n "__fish_partners_using_subcommand report; and __fish_seen_subcommand_from liability" -l db -d 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]' -r -F
complete -c partners -n "__fish_partners_using_subcommand report; and __fish_seen_subcommand_from liability" -l format -d 'Answer as table, json or csv' -r -f -a "table\t'For people: tables and sentences'
json\t'For scripts: one JSON object'
csv\t'For spreadsheets: comma-separated values with a header row'"
complete -c partners -n "__fish_partners_using_subcommand report; and __fish_seen_subcommand_from liability" -l color -d 'Colour: auto, always or never (NO_COLOR is heeded)' -r -f -a "auto\t'On a terminal that can, unless `NO_COLOR` is set'
always\t'Even when piped'
never\t'Not at all'"
complete -c partners -n "__fish_partners_using_subcommand report; and __fish_seen_subcommand_from liability" -l actor -d 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]' -r
complete -c partners -n "__fish_partners_using_subcommand report; and __fish_seen_subcommand_from liability" -l wait -d 'Wait so long for another partners to let go of the database [default: 5]' -r
complete -c partners -n "__fish_partners_using_subcommand report; and __fish_seen_subcommand_from liability" -l json -d 'Answer with one JSON object (short for --format json)'
complete -c partners -n "__fish_partners_using_subcommand report; and __fish_seen_subcommand_from liability" -s q -l quiet -d 'Say nothing about routine success'
complete -c partners -n "__fish_partners_using_subcommand report; and __fish_seen_subcommand_from liability" -s v -l verbose -d 'Say more about what is being done'
complete -c partners -n "__fish_partners_using_subcommand report; and __fish_seen_subcommand_from liability" -l yes -d 'Consent to what would be asked; paying needs --expect-total as well'
complete -c partners -n "__fish_partners_using_subcommand report; and __fish_seen_subcommand_from liability" -s h -l help -d 'Print help'
complete -c partners -n "__fish_partners_using_subcommand report; and __fish_seen_subcommand_from undecided" -l db -d 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]' -r -F
complete -c partners -n "__fish_partners_using_subcommand report; and __fish_seen_subcommand_from undecided" -l format -d 'Answer as table, json or csv' -r -f -a "table\t'For people: tables and sentences'
json\t'For scripts: one JSON object'
csv\t'For spreadsheets: comma-separated values with a header row'"
complete -c partners -n "__fish_partners_using_subcommand report; and __fish_seen_subcommand_from undecided" -l color -d 'Colour: auto, always or never (NO_COLOR is heeded)' -r -f -a "auto\t'On a terminal that can, unless `NO_COLOR` is set'
always\t'Even when piped'
never\t'Not at all'"
complete -c partners -n "__fish_partners_using_subcommand report; and __fish_seen_subcommand_from undecided" -l actor -d 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]' -r
complete -c partners -n "__fish_partners_using_subcommand report; and __fish_seen_subcommand_from undecided" -l wait -d 'Wait so long for another partners to let go of the database [default: 5]' -r
complete -c partners -n "__fish_partners_using_subcommand report; and __fish_seen_subcommand_from undecided" -l json -d 'Answer with one JSON object (short for --format json)'
complete -c partners -n "__fish_partners_using_subcommand report; and __fish_seen_subcommand_from undecided" -s q -l quiet -d 'Say nothing about routine success'
complete -c partners -n "__fish_partners_using_subcommand report; and __fish_seen_subcommand_from undecided" -s v -l verbose -d 'Say more about what is being done'
complete -c partners -n "__fish_partners_using_subcommand report; and __fish_seen_subcommand_from undecided" -l yes -d 'Consent to what would be asked; paying needs --expect-total as well'
complete -c partners -n "__fish_partners_using_subcommand report; and __fish_seen_subcommand_from undecided" -s h -l help -d 'Print help'
complete -c partners -n "__fish_partners_using_subcommand report; and __fish_seen_subcommand_from help" -f -a "liability" -d 'Add up what is owed, by how near it is to being paid, per partner and in all'
complete -c partners -n "__fish_partners_using_subcommand report; and __fish_seen_subcommand_from help" -f -a "undecided" -d 'List what earns nothing until somebody decides: lines of no kind, and refunds whose charge never came'
complete -c partners -n "__fish_partners_using_subcommand report; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c partners -n "__fish_partners_using_subcommand payout; and not __fish_seen_subcommand_from create approve file show list cancel settle record submit resume sync cancel-item reconcile help" -l db -d 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]' -r -F
complete -c partners -n "__fish_partners_using_subcommand payout; and not __fish_seen_subcommand_from create approve file show list cancel settle record submit resume sync cancel-item reconcile help" -l format -d 'Answer as table, json or csv' -r -f -a "table\t'For people: tables and sentences'
json\t'For scripts: one JSON object'
csv\t'For spreadsheets: comma-separated values with a header row'"
complete -c partners -n "__fish_partners_using_subcommand payout; and not __fish_seen_subcommand_from create approve file show list cancel settle record submit resume sync cancel-item reconcile help" -l color -d 'Colour: auto, always or never (NO_COLOR is heeded)' -r -f -a "auto\t'On a terminal that can, unless `NO_COLOR` is set'
always\t'Even when piped'
never\t'Not at all'"
complete -c partners -n "__fish_partners_using_subcommand payout; and not __fish_seen_subcommand_from create approve file show list cancel settle record submit resume sync cancel-item reconcile help" -l actor -d 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]' -r
complete -c partners -n "__fish_partners_using_subcommand payout; and not __fish_seen_subcommand_from create approve file show list cancel settle record submit resume sync cancel-item reconcile help" -l wait -d 'Wait so long for another partners to let go of the database [default: 5]' -r
complete -c partners -n "__fish_partners_using_subcommand payout; and not __fish_seen_subcommand_from create approve file show list cancel settle record submit resume sync cancel-item reconcile help" -l json -d 'Answer with one JSON object (short for --format json)'
complete -c partners -n "__fish_partners_using_subcommand payout; and not __fish_seen_subcommand_from create approve file show list cancel settle record submit resume sync cancel-item reconcile help" -s q -l quiet -d 'Say nothing about routine success'
complete -c partners -n "__fish_partners_using_subcommand payout; and not __fish_seen_subcommand_from create approve file show list cancel settle record submit resume sync cancel-item reconcile help" -s v -l verbose -d 'Say more about what is being done'
complete -c partners -n "__fish_partners_using_subcommand payout; and not __fish_seen_subcommand_from create approve file show list cancel settle record submit resume sync cancel-item reconcile help" -l yes -d 'Consent to what would be asked; paying needs --expect-total as well'
complete -c partners -n "__fish_partners_using_subcommand payout; and not __fish_seen_subcommand_from create approve file show list cancel settle record submit resume sync cancel-item reconcile help" -s h -l help -d 'Print help'
complete -c partners -n "__fish_partners_using_subcommand payout; and not __fish_seen_subcommand_from create approve file show list cancel settle record submit resume sync cancel-item reconcile help" -f -a "create" -d 'Take what the preview shows as payable into a new run'
complete -c partners -n "__fish_partners_using_subcommand payout; and not __fish_seen_subcommand_from create approve file show list cancel settle record submit resume sync cancel-item reconcile help" -f -a "approve" -d 'Approve a draft, by typing its total'
complete -c partners -n "__fish_partners_using_subcommand payout; and not __fish_seen_subcommand_from create approve file show list cancel settle record submit resume sync cancel-item reconcile help" -f -a "file" -d 'Write the file that is uploaded to PayPal'
complete -c partners -n "__fish_partners_using_subcommand payout; and not __fish_seen_subcommand_from create approve file show list cancel settle record submit resume sync cancel-item reconcile help" -f -a "show" -d 'Show a run: its payments, their charges, its state, and the next command'
complete -c partners -n "__fish_partners_using_subcommand payout; and not __fish_seen_subcommand_from create approve file show list cancel settle record submit resume sync cancel-item reconcile help" -f -a "list" -d 'List all runs, newest first'
complete -c partners -n "__fish_partners_using_subcommand payout; and not __fish_seen_subcommand_from create approve file show list cancel settle record submit resume sync cancel-item reconcile help" -f -a "cancel" -d 'Give a run up; its money goes back to the balances'
complete -c partners -n "__fish_partners_using_subcommand payout; and not __fish_seen_subcommand_from create approve file show list cancel settle record submit resume sync cancel-item reconcile help" -f -a "settle" -d 'Record what became of the payments of a run that left by file'
complete -c partners -n "__fish_partners_using_subcommand payout; and not __fish_seen_subcommand_from create approve file show list cancel settle record submit resume sync cancel-item reconcile help" -f -a "record" -d 'Record money that was paid outside PayPal, by cheque or wire; it settles the oldest money first'
complete -c partners -n "__fish_partners_using_subcommand payout; and not __fish_seen_subcommand_from create approve file show list cancel settle record submit resume sync cancel-item reconcile help" -f -a "submit" -d 'Send an approved run through PayPal\'s API, by typing its total'
complete -c partners -n "__fish_partners_using_subcommand payout; and not __fish_seen_subcommand_from create approve file show list cancel settle record submit resume sync cancel-item reconcile help" -f -a "resume" -d 'Find out what became of a submission whose answer did not come'
complete -c partners -n "__fish_partners_using_subcommand payout; and not __fish_seen_subcommand_from create approve file show list cancel settle record submit resume sync cancel-item reconcile help" -f -a "sync" -d 'Ask PayPal what became of every payment'
complete -c partners -n "__fish_partners_using_subcommand payout; and not __fish_seen_subcommand_from create approve file show list cancel settle record submit resume sync cancel-item reconcile help" -f -a "cancel-item" -d 'Have PayPal send an unclaimed payment back'
complete -c partners -n "__fish_partners_using_subcommand payout; and not __fish_seen_subcommand_from create approve file show list cancel settle record submit resume sync cancel-item reconcile help" -f -a "reconcile" -d 'Settle a run that left by file from the report that PayPal lets you download'
complete -c partners -n "__fish_partners_using_subcommand payout; and not __fish_seen_subcommand_from create approve file show list cancel settle record submit resume sync cancel-item reconcile help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from create" -l date -d 'Date the run on this day [default: the next payday, today included]' -r
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from create" -l only -d 'Pay only these partners: id, link code or e-mail' -r
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from create" -l db -d 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]' -r -F
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from create" -l format -d 'Answer as table, json or csv' -r -f -a "table\t'For people: tables and sentences'
json\t'For scripts: one JSON object'
csv\t'For spreadsheets: comma-separated values with a header row'"
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from create" -l color -d 'Colour: auto, always or never (NO_COLOR is heeded)' -r -f -a "auto\t'On a terminal that can, unless `NO_COLOR` is set'
always\t'Even when piped'
never\t'Not at all'"
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from create" -l actor -d 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]' -r
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from create" -l wait -d 'Wait so long for another partners to let go of the database [default: 5]' -r
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from create" -l off-cycle -d 'Allow another day than the payday; such a run never writes anything off (R7.1)'
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from create" -l replace -d 'Cancel the draft of that date and draft it again (R7.3)'
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from create" -l dry-run -d 'Show the run that would be made, and make none'
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from create" -l json -d 'Answer with one JSON object (short for --format json)'
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from create" -s q -l quiet -d 'Say nothing about routine success'
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from create" -s v -l verbose -d 'Say more about what is being done'
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from create" -l yes -d 'Consent to what would be asked; paying needs --expect-total as well'
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from create" -s h -l help -d 'Print help'
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from approve" -l expect-total -d 'Refuse unless this is the total, to the cent' -r
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from approve" -l db -d 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]' -r -F
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from approve" -l format -d 'Answer as table, json or csv' -r -f -a "table\t'For people: tables and sentences'
json\t'For scripts: one JSON object'
csv\t'For spreadsheets: comma-separated values with a header row'"
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from approve" -l color -d 'Colour: auto, always or never (NO_COLOR is heeded)' -r -f -a "auto\t'On a terminal that can, unless `NO_COLOR` is set'
always\t'Even when piped'
never\t'Not at all'"
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from approve" -l actor -d 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]' -r
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from approve" -l wait -d 'Wait so long for another partners to let go of the database [default: 5]' -r
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from approve" -l json -d 'Answer with one JSON object (short for --format json)'
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from approve" -s q -l quiet -d 'Say nothing about routine success'
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from approve" -s v -l verbose -d 'Say more about what is being done'
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from approve" -l yes -d 'Consent to what would be asked; paying needs --expect-total as well'
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from approve" -s h -l help -d 'Print help'
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from file" -l out -d 'Write to FILE, which must not exist; more than 5,000 payments go to FILE-1, FILE-2 and so on' -r -F
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from file" -l reason -d 'Say why it is early; it is kept in the audit trail' -r
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from file" -l db -d 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]' -r -F
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from file" -l format -d 'Answer as table, json or csv' -r -f -a "table\t'For people: tables and sentences'
json\t'For scripts: one JSON object'
csv\t'For spreadsheets: comma-separated values with a header row'"
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from file" -l color -d 'Colour: auto, always or never (NO_COLOR is heeded)' -r -f -a "auto\t'On a terminal that can, unless `NO_COLOR` is set'
always\t'Even when piped'
never\t'Not at all'"
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from file" -l actor -d 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]' -r
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from file" -l wait -d 'Wait so long for another partners to let go of the database [default: 5]' -r
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from file" -l early -d 'Write it before the run\'s date (R7.1)'
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from file" -l json -d 'Answer with one JSON object (short for --format json)'
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from file" -s q -l quiet -d 'Say nothing about routine success'
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from file" -s v -l verbose -d 'Say more about what is being done'
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from file" -l yes -d 'Consent to what would be asked; paying needs --expect-total as well'
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from file" -s h -l help -d 'Print help'
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from show" -l db -d 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]' -r -F
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from show" -l format -d 'Answer as table, json or csv' -r -f -a "table\t'For people: tables and sentences'
json\t'For scripts: one JSON object'
csv\t'For spreadsheets: comma-separated values with a header row'"
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from show" -l color -d 'Colour: auto, always or never (NO_COLOR is heeded)' -r -f -a "auto\t'On a terminal that can, unless `NO_COLOR` is set'
always\t'Even when piped'
never\t'Not at all'"
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from show" -l actor -d 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]' -r
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from show" -l wait -d 'Wait so long for another partners to let go of the database [default: 5]' -r
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from show" -l json -d 'Answer with one JSON object (short for --format json)'
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Say nothing about routine success'
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Say more about what is being done'
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from show" -l yes -d 'Consent to what would be asked; paying needs --expect-total as well'
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from list" -l db -d 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]' -r -F
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from list" -l format -d 'Answer as table, json or csv' -r -f -a "table\t'For people: tables and sentences'
json\t'For scripts: one JSON object'
csv\t'For spreadsheets: comma-separated values with a header row'"
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from list" -l color -d 'Colour: auto, always or never (NO_COLOR is heeded)' -r -f -a "auto\t'On a terminal that can, unless `NO_COLOR` is set'
always\t'Even when piped'
never\t'Not at all'"
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from list" -l actor -d 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]' -r
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from list" -l wait -d 'Wait so long for another partners to let go of the database [default: 5]' -r
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from list" -l json -d 'Answer with one JSON object (short for --format json)'
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Say nothing about routine success'
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say more about what is being done'
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from list" -l yes -d 'Consent to what would be asked; paying needs --expect-total as well'
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from cancel" -l reason -d 'Say why; it is kept in the audit trail' -r
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from cancel" -l db -d 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]' -r -F
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from cancel" -l format -d 'Answer as table, json or csv' -r -f -a "table\t'For people: tables and sentences'
json\t'For scripts: one JSON object'
csv\t'For spreadsheets: comma-separated values with a header row'"
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from cancel" -l color -d 'Colour: auto, always or never (NO_COLOR is heeded)' -r -f -a "auto\t'On a terminal that can, unless `NO_COLOR` is set'
always\t'Even when piped'
never\t'Not at all'"
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from cancel" -l actor -d 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]' -r
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from cancel" -l wait -d 'Wait so long for another partners to let go of the database [default: 5]' -r
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from cancel" -l not-uploaded -d 'Affirm that its file never reached PayPal (R7.2)'
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from cancel" -l json -d 'Answer with one JSON object (short for --format json)'
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from cancel" -s q -l quiet -d 'Say nothing about routine success'
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from cancel" -s v -l verbose -d 'Say more about what is being done'
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from cancel" -l yes -d 'Consent to what would be asked; paying needs --expect-total as well'
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from cancel" -s h -l help -d 'Print help'
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from settle" -l item -d 'Record single outcomes: paid, unclaimed, returned, failed, blocked, refunded, reversed, cancelled' -r
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from settle" -l reason -d 'Say how you know; needed for a run that left through PayPal\'s API, where only a payment whose word from PayPal cannot be applied is settled by hand' -r
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from settle" -l expect-total -d 'Refuse unless this is the total of what is settled by hand, to the cent' -r
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from settle" -l db -d 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]' -r -F
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from settle" -l format -d 'Answer as table, json or csv' -r -f -a "table\t'For people: tables and sentences'
json\t'For scripts: one JSON object'
csv\t'For spreadsheets: comma-separated values with a header row'"
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from settle" -l color -d 'Colour: auto, always or never (NO_COLOR is heeded)' -r -f -a "auto\t'On a terminal that can, unless `NO_COLOR` is set'
always\t'Even when piped'
never\t'Not at all'"
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from settle" -l actor -d 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]' -r
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from settle" -l wait -d 'Wait so long for another partners to let go of the database [default: 5]' -r
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from settle" -l all-paid -d 'Record every payment that has no outcome yet as paid'
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from settle" -l json -d 'Answer with one JSON object (short for --format json)'
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from settle" -s q -l quiet -d 'Say nothing about routine success'
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from settle" -s v -l verbose -d 'Say more about what is being done'
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from settle" -l yes -d 'Consent to what would be asked; paying needs --expect-total as well'
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from settle" -s h -l help -d 'Print help'
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from record" -l amount -d 'The amount that was paid; at most the balance' -r
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from record" -l method -d 'How it was paid: cheque, wire' -r
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from record" -l reference -d 'The bank\'s or the cheque\'s reference; a second payment needs its own' -r
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from record" -l reason -d 'Say why; it is kept in the audit trail' -r
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from record" -l db -d 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]' -r -F
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from record" -l format -d 'Answer as table, json or csv' -r -f -a "table\t'For people: tables and sentences'
json\t'For scripts: one JSON object'
csv\t'For spreadsheets: comma-separated values with a header row'"
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from record" -l color -d 'Colour: auto, always or never (NO_COLOR is heeded)' -r -f -a "auto\t'On a terminal that can, unless `NO_COLOR` is set'
always\t'Even when piped'
never\t'Not at all'"
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from record" -l actor -d 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]' -r
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from record" -l wait -d 'Wait so long for another partners to let go of the database [default: 5]' -r
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from record" -l json -d 'Answer with one JSON object (short for --format json)'
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from record" -s q -l quiet -d 'Say nothing about routine success'
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from record" -s v -l verbose -d 'Say more about what is being done'
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from record" -l yes -d 'Consent to what would be asked; paying needs --expect-total as well'
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from record" -s h -l help -d 'Print help'
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from submit" -l reason -d 'Say why it is early; it is kept in the audit trail' -r
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from submit" -l expect-total -d 'Refuse unless this is the total, to the cent' -r
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from submit" -l part-size -d 'Put so many payments in one batch at the run\'s first submission, which is kept [default: 500]' -r
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from submit" -l db -d 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]' -r -F
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from submit" -l format -d 'Answer as table, json or csv' -r -f -a "table\t'For people: tables and sentences'
json\t'For scripts: one JSON object'
csv\t'For spreadsheets: comma-separated values with a header row'"
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from submit" -l color -d 'Colour: auto, always or never (NO_COLOR is heeded)' -r -f -a "auto\t'On a terminal that can, unless `NO_COLOR` is set'
always\t'Even when piped'
never\t'Not at all'"
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from submit" -l actor -d 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]' -r
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from submit" -l wait -d 'Wait so long for another partners to let go of the database [default: 5]' -r
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from submit" -l live -d 'Pay for real; without it PayPal\'s sandbox is asked, where no money moves'
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from submit" -l early -d 'Send it before the run\'s date (R7.1)'
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from submit" -l json -d 'Answer with one JSON object (short for --format json)'
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from submit" -s q -l quiet -d 'Say nothing about routine success'
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from submit" -s v -l verbose -d 'Say more about what is being done'
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from submit" -l yes -d 'Consent to what would be asked; paying needs --expect-total as well'
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from submit" -s h -l help -d 'Print help'
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from resume" -l batch -d 'Adopt the batch that PayPal has under this id, after comparing every payment in it' -r
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from resume" -l reason -d 'Say how you know; it is kept in the audit trail' -r
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from resume" -l expect-total -d 'Refuse unless this is the total of what was unknown, to the cent' -r
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from resume" -l db -d 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]' -r -F
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from resume" -l format -d 'Answer as table, json or csv' -r -f -a "table\t'For people: tables and sentences'
json\t'For scripts: one JSON object'
csv\t'For spreadsheets: comma-separated values with a header row'"
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from resume" -l color -d 'Colour: auto, always or never (NO_COLOR is heeded)' -r -f -a "auto\t'On a terminal that can, unless `NO_COLOR` is set'
always\t'Even when piped'
never\t'Not at all'"
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from resume" -l actor -d 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]' -r
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from resume" -l wait -d 'Wait so long for another partners to let go of the database [default: 5]' -r
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from resume" -l not-at-paypal -d 'Affirm that PayPal does not have it; what was unknown can then be sent again under another id'
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from resume" -l json -d 'Answer with one JSON object (short for --format json)'
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from resume" -s q -l quiet -d 'Say nothing about routine success'
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from resume" -s v -l verbose -d 'Say more about what is being done'
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from resume" -l yes -d 'Consent to what would be asked; paying needs --expect-total as well'
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from resume" -s h -l help -d 'Print help'
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from sync" -l db -d 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]' -r -F
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from sync" -l format -d 'Answer as table, json or csv' -r -f -a "table\t'For people: tables and sentences'
json\t'For scripts: one JSON object'
csv\t'For spreadsheets: comma-separated values with a header row'"
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from sync" -l color -d 'Colour: auto, always or never (NO_COLOR is heeded)' -r -f -a "auto\t'On a terminal that can, unless `NO_COLOR` is set'
always\t'Even when piped'
never\t'Not at all'"
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from sync" -l actor -d 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]' -r
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from sync" -l wait -d 'Wait so long for another partners to let go of the database [default: 5]' -r
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from sync" -l json -d 'Answer with one JSON object (short for --format json)'
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from sync" -s q -l quiet -d 'Say nothing about routine success'
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from sync" -s v -l verbose -d 'Say more about what is being done'
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from sync" -l yes -d 'Consent to what would be asked; paying needs --expect-total as well'
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from sync" -s h -l help -d 'Print help'
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from cancel-item" -l db -d 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]' -r -F
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from cancel-item" -l format -d 'Answer as table, json or csv' -r -f -a "table\t'For people: tables and sentences'
json\t'For scripts: one JSON object'
csv\t'For spreadsheets: comma-separated values with a header row'"
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from cancel-item" -l color -d 'Colour: auto, always or never (NO_COLOR is heeded)' -r -f -a "auto\t'On a terminal that can, unless `NO_COLOR` is set'
always\t'Even when piped'
never\t'Not at all'"
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from cancel-item" -l actor -d 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]' -r
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from cancel-item" -l wait -d 'Wait so long for another partners to let go of the database [default: 5]' -r
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from cancel-item" -l json -d 'Answer with one JSON object (short for --format json)'
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from cancel-item" -s q -l quiet -d 'Say nothing about routine success'
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from cancel-item" -s v -l verbose -d 'Say more about what is being done'
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from cancel-item" -l yes -d 'Consent to what would be asked; paying needs --expect-total as well'
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from cancel-item" -s h -l help -d 'Print help'
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from reconcile" -l report -d 'Read PayPal\'s report from FILE' -r -F
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from reconcile" -l map -d 'Say which of the report\'s columns is which: item, email, amount, currency, status, fee, net, transaction, payout_item, reason, type, date; nothing after the = says that there is none' -r
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from reconcile" -l db -d 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]' -r -F
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from reconcile" -l format -d 'Answer as table, json or csv' -r -f -a "table\t'For people: tables and sentences'
json\t'For scripts: one JSON object'
csv\t'For spreadsheets: comma-separated values with a header row'"
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from reconcile" -l color -d 'Colour: auto, always or never (NO_COLOR is heeded)' -r -f -a "auto\t'On a terminal that can, unless `NO_COLOR` is set'
always\t'Even when piped'
never\t'Not at all'"
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from reconcile" -l actor -d 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]' -r
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from reconcile" -l wait -d 'Wait so long for another partners to let go of the database [default: 5]' -r
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from reconcile" -l json -d 'Answer with one JSON object (short for --format json)'
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from reconcile" -s q -l quiet -d 'Say nothing about routine success'
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from reconcile" -s v -l verbose -d 'Say more about what is being done'
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from reconcile" -l yes -d 'Consent to what would be asked; paying needs --expect-total as well'
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from reconcile" -s h -l help -d 'Print help'
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from help" -f -a "create" -d 'Take what the preview shows as payable into a new run'
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from help" -f -a "approve" -d 'Approve a draft, by typing its total'
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from help" -f -a "file" -d 'Write the file that is uploaded to PayPal'
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from help" -f -a "show" -d 'Show a run: its payments, their charges, its state, and the next command'
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from help" -f -a "list" -d 'List all runs, newest first'
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from help" -f -a "cancel" -d 'Give a run up; its money goes back to the balances'
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from help" -f -a "settle" -d 'Record what became of the payments of a run that left by file'
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from help" -f -a "record" -d 'Record money that was paid outside PayPal, by cheque or wire; it settles the oldest money first'
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from help" -f -a "submit" -d 'Send an approved run through PayPal\'s API, by typing its total'
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from help" -f -a "resume" -d 'Find out what became of a submission whose answer did not come'
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from help" -f -a "sync" -d 'Ask PayPal what became of every payment'
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from help" -f -a "cancel-item" -d 'Have PayPal send an unclaimed payment back'
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from help" -f -a "reconcile" -d 'Settle a run that left by file from the report that PayPal lets you download'
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c partners -n "__fish_partners_using_subcommand partner; and not __fish_seen_subcommand_from add edit show list release help" -l db -d 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]' -r -F
complete -c partners -n "__fish_partners_using_subcommand partner; and not __fish_seen_subcommand_from add edit show list release help" -l format -d 'Answer as table, json or csv' -r -f -a "table\t'For people: tables and sentences'
json\t'For scripts: one JSON object'
csv\t'For spreadsheets: comma-separated values with a header row'"
complete -c partners -n "__fish_partners_using_subcommand partner; and not __fish_seen_subcommand_from add edit show list release help" -l color -d 'Colour: auto, always or never (NO_COLOR is heeded)' -r -f -a "auto\t'On a terminal that can, unless `NO_COLOR` is set'
always\t'Even when piped'
never\t'Not at all'"
complete -c partners -n "__fish_partners_using_subcommand partner; and not __fish_seen_subcommand_from add edit show list release help" -l actor -d 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]' -r
complete -c partners -n "__fish_partners_using_subcommand partner; and not __fish_seen_subcommand_from add edit show list release help" -l wait -d 'Wait so long for another partners to let go of the database [default: 5]' -r
complete -c partners -n "__fish_partners_using_subcommand partner; and not __fish_seen_subcommand_from add edit show list release help" -l json -d 'Answer with one JSON object (short for --format json)'
complete -c partners -n "__fish_partners_using_subcommand partner; and not __fish_seen_subcommand_from add edit show list release help" -s q -l quiet -d 'Say nothing about routine success'
complete -c partners -n "__fish_partners_using_subcommand partner; and not __fish_seen_subcommand_from add edit show list release help" -s v -l verbose -d 'Say more about what is being done'
complete -c partners -n "__fish_partners_using_subcommand partner; and not __fish_seen_subcommand_from add edit show list release help" -l yes -d 'Consent to what would be asked; paying needs --expect-total as well'
complete -c partners -n "__fish_partners_using_subcommand partner; and not __fish_seen_subcommand_from add edit show list release help" -s h -l help -d 'Print help'
complete -c partners -n "__fish_partners_using_subcommand partner; and not __fish_seen_subcommand_from add edit show list release help" -f -a "add" -d 'Add a partner'
complete -c partners -n "__fish_partners_using_subcommand partner; and not __fish_seen_subcommand_from add edit show list release help" -f -a "edit" -d 'Change what is known of a partner; what no flag names stays'
complete -c partners -n "__fish_partners_using_subcommand partner; and not __fish_seen_subcommand_from add edit show list release help" -f -a "show" -d 'Show what is on file about a partner: record, referrals, links, addresses, notes'
complete -c partners -n "__fish_partners_using_subcommand partner; and not __fish_seen_subcommand_from add edit show list release help" -f -a "list" -d 'List partners, with what keeps each from being paid'
complete -c partners -n "__fish_partners_using_subcommand partner; and not __fish_seen_subcommand_from add edit show list release help" -f -a "release" -d 'Let a partner be paid again after a payment was refunded, reversed or blocked (R6.7)'
complete -c partners -n "__fish_partners_using_subcommand partner; and not __fish_seen_subcommand_from add edit show list release help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c partners -n "__fish_partners_using_subcommand partner; and __fish_seen_subcommand_from add" -l name -d 'The name' -r
complete -c partners -n "__fish_partners_using_subcommand partner; and __fish_seen_subcommand_from add" -l email -d 'The e-mail they log in with' -r
complete -c partners -n "__fish_partners_using_subcommand partner; and __fish_seen_subcommand_from add" -l joined-on -d 'The day they joined (R5.4)' -r
complete -c partners -n "__fish_partners_using_subcommand partner; and __fish_seen_subcommand_from add" -l paypal-email -d 'The e-mail that PayPal pays to; - clears it' -r
complete -c partners -n "__fish_partners_using_subcommand partner; and __fish_seen_subcommand_from add" -l status -d 'Where they stand in the programme (R6.1) [default of a new one: pending]' -r -f -a "active\t''
pending\t''
suspended\t''
closed\t''"
complete -c partners -n "__fish_partners_using_subcommand partner; and __fish_seen_subcommand_from add" -l country -d 'The country, two letters; - clears it' -r
complete -c partners -n "__fish_partners_using_subcommand partner; and __fish_seen_subcommand_from add" -l us-person -d 'Whether they are a US person or taxpayer (R6.2); - lets the country say' -r
complete -c partners -n "__fish_partners_using_subcommand partner; and __fish_seen_subcommand_from add" -l rate -d 'Their own rate, in place of the policy\'s (R2.5)' -r
complete -c partners -n "__fish_partners_using_subcommand partner; and __fish_seen_subcommand_from add" -l rate-from -d 'The day from which that rate holds [default: today; a first rate has held for ever]' -r
complete -c partners -n "__fish_partners_using_subcommand partner; and __fish_seen_subcommand_from add" -l code -d 'Give them a link that bears this referral code' -r
complete -c partners -n "__fish_partners_using_subcommand partner; and __fish_seen_subcommand_from add" -l reason -d 'Say why; it is kept in the audit trail' -r
complete -c partners -n "__fish_partners_using_subcommand partner; and __fish_seen_subcommand_from add" -l db -d 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]' -r -F
complete -c partners -n "__fish_partners_using_subcommand partner; and __fish_seen_subcommand_from add" -l format -d 'Answer as table, json or csv' -r -f -a "table\t'For people: tables and sentences'
json\t'For scripts: one JSON object'
csv\t'For spreadsheets: comma-separated values with a header row'"
complete -c partners -n "__fish_partners_using_subcommand partner; and __fish_seen_subcommand_from add" -l color -d 'Colour: auto, always or never (NO_COLOR is heeded)' -r -f -a "auto\t'On a terminal that can, unless `NO_COLOR` is set'
always\t'Even when piped'
never\t'Not at all'"
complete -c partners -n "__fish_partners_using_subcommand partner; and __fish_seen_subcommand_from add" -l actor -d 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]' -r
complete -c partners -n "__fish_partners_using_subcommand partner; and __fish_seen_subcommand_from add" -l wait -d 'Wait so long for another partners to let go of the database [default: 5]' -r
complete -c partners -n "__fish_partners_using_subcommand partner; and __fish_seen_subcommand_from add" -l json -d 'Answer with one JSON object (short for --format json)'
complete -c partners -n "__fish_partners_using_subcommand partner; and __fish_seen_subcommand_from add" -s q -l quiet -d 'Say nothing about routine success'
complete -c partners -n "__fish_partners_using_subcommand partner; and __fish_seen_subcommand_from add" -s v -l verbose -d 'Say more about what is being done'
complete -c partners -n "__fish_partners_using_subcommand partner; and __fish_seen_subcommand_from add" -l yes -d 'Consent to what would be asked; paying needs --expect-total as well'
complete -c partners -n "__fish_partners_using_subcommand partner; and __fish_seen_subcommand_from add" -s h -l help -d 'Print help'
complete -c partners -n "__fish_partners_using_subcommand partner; and __fish_seen_subcommand_from edit" -l name -d 'The name' -r
complete -c partners -n "__fish_partners_using_subcommand partner; and __fish_seen_subcommand_from edit" -l email -d 'The e-mail they log in with' -r
complete -c partners -n "__fish_partners_using_subcommand partner; and __fish_seen_subcommand_from edit" -l joined-on -d 'The day they joined (R5.4)' -r
complete -c partners -n "__fish_partners_using_subcommand partner; and __fish_seen_subcommand_from edit" -l paypal-email -d 'The e-mail that PayPal pays to; - clears it' -r
complete -c partners -n "__fish_partners_using_subcommand partner; and __fish_seen_subcommand_from edit" -l status -d 'Where they stand in the programme (R6.1) [default of a new one: pending]' -r -f -a "active\t''
pending\t''
suspended\t''
closed\t''"
complete -c partners -n "__fish_partners_using_subcommand partner; and __fish_seen_subcommand_from edit" -l country -d 'The country, two letters; - clears it' -r
complete -c partners -n "__fish_partners_using_subcommand partner; and __fish_seen_subcommand_from edit" -l us-person -d 'Whether they are a US person or taxpayer (R6.2); - lets the country say' -r
complete -c partners -n "__fish_partners_using_subcommand partner; and __fish_seen_subcommand_from edit" -l rate -d 'Their own rate, in place of the policy\'s (R2.5)' -r
complete -c partners -n "__fish_partners_using_subcommand partner; and __fish_seen_subcommand_from edit" -l rate-from -d 'The day from which that rate holds [default: today; a first rate has held for ever]' -r
complete -c partners -n "__fish_partners_using_subcommand partner; and __fish_seen_subcommand_from edit" -l reason -d 'Say why; it is kept in the audit trail' -r
complete -c partners -n "__fish_partners_using_subcommand partner; and __fish_seen_subcommand_from edit" -l db -d 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]' -r -F
complete -c partners -n "__fish_partners_using_subcommand partner; and __fish_seen_subcommand_from edit" -l format -d 'Answer as table, json or csv' -r -f -a "table\t'For people: tables and sentences'
json\t'For scripts: one JSON object'
csv\t'For spreadsheets: comma-separated values with a header row'"
complete -c partners -n "__fish_partners_using_subcommand partner; and __fish_seen_subcommand_from edit" -l color -d 'Colour: auto, always or never (NO_COLOR is heeded)' -r -f -a "auto\t'On a terminal that can, unless `NO_COLOR` is set'
always\t'Even when piped'
never\t'Not at all'"
complete -c partners -n "__fish_partners_using_subcommand partner; and __fish_seen_subcommand_from edit" -l actor -d 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]' -r
complete -c partners -n "__fish_partners_using_subcommand partner; and __fish_seen_subcommand_from edit" -l wait -d 'Wait so long for another partners to let go of the database [default: 5]' -r
complete -c partners -n "__fish_partners_using_subcommand partner; and __fish_seen_subcommand_from edit" -l json -d 'Answer with one JSON object (short for --format json)'
complete -c partners -n "__fish_partners_using_subcommand partner; and __fish_seen_subcommand_from edit" -s q -l quiet -d 'Say nothing about routine success'
complete -c partners -n "__fish_partners_using_subcommand partner; and __fish_seen_subcommand_from edit" -s v -l verbose -d 'Say more about what is being done'
complete -c partners -n "__fish_partners_using_subcommand partner; and __fish_seen_subcommand_from edit" -l yes -d 'Consent to what would be asked; paying needs --expect-total as well'
complete -c partners -n "__fish_partners_using_subcommand partner; and __fish_seen_subcommand_from edit" -s h -l help -d 'Print help'
complete -c partners -n "__fish_partners_using_subcommand partner; and __fish_seen_subcommand_from show" -l db -d 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]' -r -F
complete -c partners -n "__fish_partners_using_subcommand partner; and __fish_seen_subcommand_from show" -l format -d 'Answer as table, json or csv' -r -f -a "table\t'For people: tables and sentences'
json\t'For scripts: one JSON object'
csv\t'For spreadsheets: comma-separated values with a header row'"
complete -c partners -n "__fish_partners_using_subcommand partner; and __fish_seen_subcommand_from show" -l color -d 'Colour: auto, always or never (NO_COLOR is heeded)' -r -f -a "auto\t'On a terminal that can, unless `NO_COLOR` is set'
always\t'Even when piped'
never\t'Not at all'"
complete -c partners -n "__fish_partners_using_subcommand partner; and __fish_seen_subcommand_from show" -l actor -d 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]' -r
complete -c partners -n "__fish_partners_using_subcommand partner; and __fish_seen_subcommand_from show" -l wait -d 'Wait so long for another partners to let go of the database [default: 5]' -r
complete -c partners -n "__fish_partners_using_subcommand partner; and __fish_seen_subcommand_from show" -l json -d 'Answer with one JSON object (short for --format json)'
complete -c partners -n "__fish_partners_using_subcommand partner; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Say nothing about routine success'
complete -c partners -n "__fish_partners_using_subcommand partner; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Say more about what is being done'
complete -c partners -n "__fish_partners_using_subcommand partner; and __fish_seen_subcommand_from show" -l yes -d 'Consent to what would be asked; paying needs --expect-total as well'
complete -c partners -n "__fish_partners_using_subcommand partner; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c partners -n "__fish_partners_using_subcommand partner; and __fish_seen_subcommand_from list" -l status -d 'List only those of this status' -r -f -a "active\t''
pending\t''
suspended\t''
closed\t''"
complete -c partners -n "__fish_partners_using_subcommand partner; and __fish_seen_subcommand_from list" -l db -d 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]' -r -F
complete -c partners -n "__fish_partners_using_subcommand partner; and __fish_seen_subcommand_from list" -l format -d 'Answer as table, json or csv' -r -f -a "table\t'For people: tables and sentences'
json\t'For scripts: one JSON object'
csv\t'For spreadsheets: comma-separated values with a header row'"
complete -c partners -n "__fish_partners_using_subcommand partner; and __fish_seen_subcommand_from list" -l color -d 'Colour: auto, always or never (NO_COLOR is heeded)' -r -f -a "auto\t'On a terminal that can, unless `NO_COLOR` is set'
always\t'Even when piped'
never\t'Not at all'"
complete -c partners -n "__fish_partners_using_subcommand partner; and __fish_seen_subcommand_from list" -l actor -d 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]' -r
complete -c partners -n "__fish_partners_using_subcommand partner; and __fish_seen_subcommand_from list" -l wait -d 'Wait so long for another partners to let go of the database [default: 5]' -r
complete -c partners -n "__fish_partners_using_subcommand partner; and __fish_seen_subcommand_from list" -l blocked -d 'List only those who could not be paid'
complete -c partners -n "__fish_partners_using_subcommand partner; and __fish_seen_subcommand_from list" -l json -d 'Answer with one JSON object (short for --format json)'
complete -c partners -n "__fish_partners_using_subcommand partner; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Say nothing about routine success'
complete -c partners -n "__fish_partners_using_subcommand partner; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say more about what is being done'
complete -c partners -n "__fish_partners_using_subcommand partner; and __fish_seen_subcommand_from list" -l yes -d 'Consent to what would be asked; paying needs --expect-total as well'
complete -c partners -n "__fish_partners_using_subcommand partner; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c partners -n "__fish_partners_using_subcommand partner; and __fish_seen_subcommand_from release" -l reason -d 'Say why; it is kept in the audit trail' -r
complete -c partners -n "__fish_partners_using_subcommand partner; and __fish_seen_subcommand_from release" -l db -d 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]' -r -F
complete -c partners -n "__fish_partners_using_subcommand partner; and __fish_seen_subcommand_from release" -l format -d 'Answer as table, json or csv' -r -f -a "table\t'For people: tables and sentences'
json\t'For scripts: one JSON object'
csv\t'For spreadsheets: comma-separated values with a header row'"
complete -c partners -n "__fish_partners_using_subcommand partner; and __fish_seen_subcommand_from release" -l color -d 'Colour: auto, always or never (NO_COLOR is heeded)' -r -f -a "auto\t'On a terminal that can, unless `NO_COLOR` is set'
always\t'Even when piped'
never\t'Not at all'"
complete -c partners -n "__fish_partners_using_subcommand partner; and __fish_seen_subcommand_from release" -l actor -d 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]' -r
complete -c partners -n "__fish_partners_using_subcommand partner; and __fish_seen_subcommand_from release" -l wait -d 'Wait so long for another partners to let go of the database [default: 5]' -r
complete -c partners -n "__fish_partners_using_subcommand partner; and __fish_seen_subcommand_from release" -l json -d 'Answer with one JSON object (short for --format json)'
complete -c partners -n "__fish_partners_using_subcommand partner; and __fish_seen_subcommand_from release" -s q -l quiet -d 'Say nothing about routine success'
complete -c partners -n "__fish_partners_using_subcommand partner; and __fish_seen_subcommand_from release" -s v -l verbose -d 'Say more about what is being done'
complete -c partners -n "__fish_partners_using_subcommand partner; and __fish_seen_subcommand_from release" -l yes -d 'Consent to what would be asked; paying needs --expect-total as well'
complete -c partners -n "__fish_partners_using_subcommand partner; and __fish_seen_subcommand_from release" -s h -l help -d 'Print help'
complete -c partners -n "__fish_partners_using_subcommand partner; and __fish_seen_subcommand_from help" -f -a "add" -d 'Add a partner'
complete -c partners -n "__fish_partners_using_subcommand partner; and __fish_seen_subcommand_from help" -f -a "edit" -d 'Change what is known of a partner; what no flag names stays'
complete -c partners -n "__fish_partners_using_subcommand partner; and __fish_seen_subcommand_from help" -f -a "show" -d 'Show what is on file about a partner: record, referrals, links, addresses, notes'
complete -c partners -n "__fish_partners_using_subcommand partner; and __fish_seen_subcommand_from help" -f -a "list" -d 'List partners, with what keeps each from being paid'
complete -c partners -n "__fish_partners_using_subcommand partner; and __fish_seen_subcommand_from help" -f -a "release" -d 'Let a partner be paid again after a payment was refunded, reversed or blocked (R6.7)'
complete -c partners -n "__fish_partners_using_subcommand partner; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c partners -n "__fish_partners_using_subcommand paypal; and not __fish_seen_subcommand_from set confirm allow-shared help" -l db -d 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]' -r -F
complete -c partners -n "__fish_partners_using_subcommand paypal; and not __fish_seen_subcommand_from set confirm allow-shared help" -l format -d 'Answer as table, json or csv' -r -f -a "table\t'For people: tables and sentences'
json\t'For scripts: one JSON object'
csv\t'For spreadsheets: comma-separated values with a header row'"
complete -c partners -n "__fish_partners_using_subcommand paypal; and not __fish_seen_subcommand_from set confirm allow-shared help" -l color -d 'Colour: auto, always or never (NO_COLOR is heeded)' -r -f -a "auto\t'On a terminal that can, unless `NO_COLOR` is set'
always\t'Even when piped'
never\t'Not at all'"
complete -c partners -n "__fish_partners_using_subcommand paypal; and not __fish_seen_subcommand_from set confirm allow-shared help" -l actor -d 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]' -r
complete -c partners -n "__fish_partners_using_subcommand paypal; and not __fish_seen_subcommand_from set confirm allow-shared help" -l wait -d 'Wait so long for another partners to let go of the database [default: 5]' -r
complete -c partners -n "__fish_partners_using_subcommand paypal; and not __fish_seen_subcommand_from set confirm allow-shared help" -l json -d 'Answer with one JSON object (short for --format json)'
complete -c partners -n "__fish_partners_using_subcommand paypal; and not __fish_seen_subcommand_from set confirm allow-shared help" -s q -l quiet -d 'Say nothing about routine success'
complete -c partners -n "__fish_partners_using_subcommand paypal; and not __fish_seen_subcommand_from set confirm allow-shared help" -s v -l verbose -d 'Say more about what is being done'
complete -c partners -n "__fish_partners_using_subcommand paypal; and not __fish_seen_subcommand_from set confirm allow-shared help" -l yes -d 'Consent to what would be asked; paying needs --expect-total as well'
complete -c partners -n "__fish_partners_using_subcommand paypal; and not __fish_seen_subcommand_from set confirm allow-shared help" -s h -l help -d 'Print help'
complete -c partners -n "__fish_partners_using_subcommand paypal; and not __fish_seen_subcommand_from set confirm allow-shared help" -f -a "set" -d 'Enter a partner\'s PayPal address'
complete -c partners -n "__fish_partners_using_subcommand paypal; and not __fish_seen_subcommand_from set confirm allow-shared help" -f -a "confirm" -d 'Affirm that the address on file is right, though PayPal refused it'
complete -c partners -n "__fish_partners_using_subcommand paypal; and not __fish_seen_subcommand_from set confirm allow-shared help" -f -a "allow-shared" -d 'Let two partners be paid to the same address (R6.5)'
complete -c partners -n "__fish_partners_using_subcommand paypal; and not __fish_seen_subcommand_from set confirm allow-shared help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c partners -n "__fish_partners_using_subcommand paypal; and __fish_seen_subcommand_from set" -l reason -d 'Say why; it is kept in the audit trail' -r
complete -c partners -n "__fish_partners_using_subcommand paypal; and __fish_seen_subcommand_from set" -l db -d 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]' -r -F
complete -c partners -n "__fish_partners_using_subcommand paypal; and __fish_seen_subcommand_from set" -l format -d 'Answer as table, json or csv' -r -f -a "table\t'For people: tables and sentences'
json\t'For scripts: one JSON object'
csv\t'For spreadsheets: comma-separated values with a header row'"
complete -c partners -n "__fish_partners_using_subcommand paypal; and __fish_seen_subcommand_from set" -l color -d 'Colour: auto, always or never (NO_COLOR is heeded)' -r -f -a "auto\t'On a terminal that can, unless `NO_COLOR` is set'
always\t'Even when piped'
never\t'Not at all'"
complete -c partners -n "__fish_partners_using_subcommand paypal; and __fish_seen_subcommand_from set" -l actor -d 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]' -r
complete -c partners -n "__fish_partners_using_subcommand paypal; and __fish_seen_subcommand_from set" -l wait -d 'Wait so long for another partners to let go of the database [default: 5]' -r
complete -c partners -n "__fish_partners_using_subcommand paypal; and __fish_seen_subcommand_from set" -l json -d 'Answer with one JSON object (short for --format json)'
complete -c partners -n "__fish_partners_using_subcommand paypal; and __fish_seen_subcommand_from set" -s q -l quiet -d 'Say nothing about routine success'
complete -c partners -n "__fish_partners_using_subcommand paypal; and __fish_seen_subcommand_from set" -s v -l verbose -d 'Say more about what is being done'
complete -c partners -n "__fish_partners_using_subcommand paypal; and __fish_seen_subcommand_from set" -l yes -d 'Consent to what would be asked; paying needs --expect-total as well'
complete -c partners -n "__fish_partners_using_subcommand paypal; and __fish_seen_subcommand_from set" -s h -l help -d 'Print help'
complete -c partners -n "__fish_partners_using_subcommand paypal; and __fish_seen_subcommand_from confirm" -l reason -d 'Say why; it is kept in the audit trail' -r
complete -c partners -n "__fish_partners_using_subcommand paypal; and __fish_seen_subcommand_from confirm" -l db -d 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]' -r -F
complete -c partners -n "__fish_partners_using_subcommand paypal; and __fish_seen_subcommand_from confirm" -l format -d 'Answer as table, json or csv' -r -f -a "table\t'For people: tables and sentences'
json\t'For scripts: one JSON object'
csv\t'For spreadsheets: comma-separated values with a header row'"
complete -c partners -n "__fish_partners_using_subcommand paypal; and __fish_seen_subcommand_from confirm" -l color -d 'Colour: auto, always or never (NO_COLOR is heeded)' -r -f -a "auto\t'On a terminal that can, unless `NO_COLOR` is set'
always\t'Even when piped'
never\t'Not at all'"
complete -c partners -n "__fish_partners_using_subcommand paypal; and __fish_seen_subcommand_from confirm" -l actor -d 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]' -r
complete -c partners -n "__fish_partners_using_subcommand paypal; and __fish_seen_subcommand_from confirm" -l wait -d 'Wait so long for another partners to let go of the database [default: 5]' -r
complete -c partners -n "__fish_partners_using_subcommand paypal; and __fish_seen_subcommand_from confirm" -l json -d 'Answer with one JSON object (short for --format json)'
complete -c partners -n "__fish_partners_using_subcommand paypal; and __fish_seen_subcommand_from confirm" -s q -l quiet -d 'Say nothing about routine success'
complete -c partners -n "__fish_partners_using_subcommand paypal; and __fish_seen_subcommand_from confirm" -s v -l verbose -d 'Say more about what is being done'
complete -c partners -n "__fish_partners_using_subcommand paypal; and __fish_seen_subcommand_from confirm" -l yes -d 'Consent to what would be asked; paying needs --expect-total as well'
complete -c partners -n "__fish_partners_using_subcommand paypal; and __fish_seen_subcommand_from confirm" -s h -l help -d 'Print help'
complete -c partners -n "__fish_partners_using_subcommand paypal; and __fish_seen_subcommand_from allow-shared" -l reason -d 'Say why; it is kept in the audit trail' -r
complete -c partners -n "__fish_partners_using_subcommand paypal; and __fish_seen_subcommand_from allow-shared" -l db -d 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]' -r -F
complete -c partners -n "__fish_partners_using_subcommand paypal; and __fish_seen_subcommand_from allow-shared" -l format -d 'Answer as table, json or csv' -r -f -a "table\t'For people: tables and sentences'
json\t'For scripts: one JSON object'
csv\t'For spreadsheets: comma-separated values with a header row'"
complete -c partners -n "__fish_partners_using_subcommand paypal; and __fish_seen_subcommand_from allow-shared" -l color -d 'Colour: auto, always or never (NO_COLOR is heeded)' -r -f -a "auto\t'On a terminal that can, unless `NO_COLOR` is set'
always\t'Even when piped'
never\t'Not at all'"
complete -c partners -n "__fish_partners_using_subcommand paypal; and __fish_seen_subcommand_from allow-shared" -l actor -d 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]' -r
complete -c partners -n "__fish_partners_using_subcommand paypal; and __fish_seen_subcommand_from allow-shared" -l wait -d 'Wait so long for another partners to let go of the database [default: 5]' -r
complete -c partners -n "__fish_partners_using_subcommand paypal; and __fish_seen_subcommand_from allow-shared" -l json -d 'Answer with one JSON object (short for --format json)'
complete -c partners -n "__fish_partners_using_subcommand paypal; and __fish_seen_subcommand_from allow-shared" -s q -l quiet -d 'Say nothing about routine success'
complete -c partners -n "__fish_partners_using_subcommand paypal; and __fish_seen_subcommand_from allow-shared" -s v -l verbose -d 'Say more about what is being done'
complete -c partners -n "__fish_partners_using_subcommand paypal; and __fish_seen_subcommand_from allow-shared" -l yes -d 'Consent to what would be asked; paying needs --expect-total as well'
complete -c partners -n "__fish_partners_using_subcommand paypal; and __fish_seen_subcommand_from allow-shared" -s h -l help -d 'Print help'
complete -c partners -n "__fish_partners_using_subcommand paypal; and __fish_seen_subcommand_from help" -f -a "set" -d 'Enter a partner\'s PayPal address'
complete -c partners -n "__fish_partners_using_subcommand paypal; and __fish_seen_subcommand_from help" -f -a "confirm" -d 'Affirm that the address on file is right, though PayPal refused it'
complete -c partners -n "__fish_partners_using_subcommand paypal; and __fish_seen_subcommand_from help" -f -a "allow-shared" -d 'Let two partners be paid to the same address (R6.5)'
complete -c partners -n "__fish_partners_using_subcommand paypal; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c partners -n "__fish_partners_using_subcommand tax; and not __fish_seen_subcommand_from set approve reject help" -l db -d 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]' -r -F
complete -c partners -n "__fish_partners_using_subcommand tax; and not __fish_seen_subcommand_from set approve reject help" -l format -d 'Answer as table, json or csv' -r -f -a "table\t'For people: tables and sentences'
json\t'For scripts: one JSON object'
csv\t'For spreadsheets: comma-separated values with a header row'"
complete -c partners -n "__fish_partners_using_subcommand tax; and not __fish_seen_subcommand_from set approve reject help" -l color -d 'Colour: auto, always or never (NO_COLOR is heeded)' -r -f -a "auto\t'On a terminal that can, unless `NO_COLOR` is set'
always\t'Even when piped'
never\t'Not at all'"
complete -c partners -n "__fish_partners_using_subcommand tax; and not __fish_seen_subcommand_from set approve reject help" -l actor -d 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]' -r
complete -c partners -n "__fish_partners_using_subcommand tax; and not __fish_seen_subcommand_from set approve reject help" -l wait -d 'Wait so long for another partners to let go of the database [default: 5]' -r
complete -c partners -n "__fish_partners_using_subcommand tax; and not __fish_seen_subcommand_from set approve reject help" -l json -d 'Answer with one JSON object (short for --format json)'
complete -c partners -n "__fish_partners_using_subcommand tax; and not __fish_seen_subcommand_from set approve reject help" -s q -l quiet -d 'Say nothing about routine success'
complete -c partners -n "__fish_partners_using_subcommand tax; and not __fish_seen_subcommand_from set approve reject help" -s v -l verbose -d 'Say more about what is being done'
complete -c partners -n "__fish_partners_using_subcommand tax; and not __fish_seen_subcommand_from set approve reject help" -l yes -d 'Consent to what would be asked; paying needs --expect-total as well'
complete -c partners -n "__fish_partners_using_subcommand tax; and not __fish_seen_subcommand_from set approve reject help" -s h -l help -d 'Print help'
complete -c partners -n "__fish_partners_using_subcommand tax; and not __fish_seen_subcommand_from set approve reject help" -f -a "set" -d 'Record the form that has come'
complete -c partners -n "__fish_partners_using_subcommand tax; and not __fish_seen_subcommand_from set approve reject help" -f -a "approve" -d 'Approve the form that has come'
complete -c partners -n "__fish_partners_using_subcommand tax; and not __fish_seen_subcommand_from set approve reject help" -f -a "reject" -d 'Turn the form down'
complete -c partners -n "__fish_partners_using_subcommand tax; and not __fish_seen_subcommand_from set approve reject help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c partners -n "__fish_partners_using_subcommand tax; and __fish_seen_subcommand_from set" -l form -d 'The form that has come' -r -f -a "w9\t''
w8ben\t''
w8ben_e\t''
international\t''"
complete -c partners -n "__fish_partners_using_subcommand tax; and __fish_seen_subcommand_from set" -l signed-on -d 'The day it was signed' -r
complete -c partners -n "__fish_partners_using_subcommand tax; and __fish_seen_subcommand_from set" -l citizen -d 'International: whether they are a US citizen, of one or two countries' -r
complete -c partners -n "__fish_partners_using_subcommand tax; and __fish_seen_subcommand_from set" -l green-card -d 'International: whether they hold a green card' -r
complete -c partners -n "__fish_partners_using_subcommand tax; and __fish_seen_subcommand_from set" -l days-183 -d 'International: whether they were in the US for more than 183 days in three calendar years' -r
complete -c partners -n "__fish_partners_using_subcommand tax; and __fish_seen_subcommand_from set" -l worked -d 'International: whether they worked in the US in the last calendar year' -r
complete -c partners -n "__fish_partners_using_subcommand tax; and __fish_seen_subcommand_from set" -l db -d 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]' -r -F
complete -c partners -n "__fish_partners_using_subcommand tax; and __fish_seen_subcommand_from set" -l format -d 'Answer as table, json or csv' -r -f -a "table\t'For people: tables and sentences'
json\t'For scripts: one JSON object'
csv\t'For spreadsheets: comma-separated values with a header row'"
complete -c partners -n "__fish_partners_using_subcommand tax; and __fish_seen_subcommand_from set" -l color -d 'Colour: auto, always or never (NO_COLOR is heeded)' -r -f -a "auto\t'On a terminal that can, unless `NO_COLOR` is set'
always\t'Even when piped'
never\t'Not at all'"
complete -c partners -n "__fish_partners_using_subcommand tax; and __fish_seen_subcommand_from set" -l actor -d 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]' -r
complete -c partners -n "__fish_partners_using_subcommand tax; and __fish_seen_subcommand_from set" -l wait -d 'Wait so long for another partners to let go of the database [default: 5]' -r
complete -c partners -n "__fish_partners_using_subcommand tax; and __fish_seen_subcommand_from set" -l json -d 'Answer with one JSON object (short for --format json)'
complete -c partners -n "__fish_partners_using_subcommand tax; and __fish_seen_subcommand_from set" -s q -l quiet -d 'Say nothing about routine success'
complete -c partners -n "__fish_partners_using_subcommand tax; and __fish_seen_subcommand_from set" -s v -l verbose -d 'Say more about what is being done'
complete -c partners -n "__fish_partners_using_subcommand tax; and __fish_seen_subcommand_from set" -l yes -d 'Consent to what would be asked; paying needs --expect-total as well'
complete -c partners -n "__fish_partners_using_subcommand tax; and __fish_seen_subcommand_from set" -s h -l help -d 'Print help'
complete -c partners -n "__fish_partners_using_subcommand tax; and __fish_seen_subcommand_from approve" -l on -d 'Decide as of this day [default: today]' -r
complete -c partners -n "__fish_partners_using_subcommand tax; and __fish_seen_subcommand_from approve" -l db -d 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]' -r -F
complete -c partners -n "__fish_partners_using_subcommand tax; and __fish_seen_subcommand_from approve" -l format -d 'Answer as table, json or csv' -r -f -a "table\t'For people: tables and sentences'
json\t'For scripts: one JSON object'
csv\t'For spreadsheets: comma-separated values with a header row'"
complete -c partners -n "__fish_partners_using_subcommand tax; and __fish_seen_subcommand_from approve" -l color -d 'Colour: auto, always or never (NO_COLOR is heeded)' -r -f -a "auto\t'On a terminal that can, unless `NO_COLOR` is set'
always\t'Even when piped'
never\t'Not at all'"
complete -c partners -n "__fish_partners_using_subcommand tax; and __fish_seen_subcommand_from approve" -l actor -d 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]' -r
complete -c partners -n "__fish_partners_using_subcommand tax; and __fish_seen_subcommand_from approve" -l wait -d 'Wait so long for another partners to let go of the database [default: 5]' -r
complete -c partners -n "__fish_partners_using_subcommand tax; and __fish_seen_subcommand_from approve" -l json -d 'Answer with one JSON object (short for --format json)'
complete -c partners -n "__fish_partners_using_subcommand tax; and __fish_seen_subcommand_from approve" -s q -l quiet -d 'Say nothing about routine success'
complete -c partners -n "__fish_partners_using_subcommand tax; and __fish_seen_subcommand_from approve" -s v -l verbose -d 'Say more about what is being done'
complete -c partners -n "__fish_partners_using_subcommand tax; and __fish_seen_subcommand_from approve" -l yes -d 'Consent to what would be asked; paying needs --expect-total as well'
complete -c partners -n "__fish_partners_using_subcommand tax; and __fish_seen_subcommand_from approve" -s h -l help -d 'Print help'
complete -c partners -n "__fish_partners_using_subcommand tax; and __fish_seen_subcommand_from reject" -l on -d 'Decide as of this day [default: today]' -r
complete -c partners -n "__fish_partners_using_subcommand tax; and __fish_seen_subcommand_from reject" -l reason -d 'Say why; it is kept in the audit trail' -r
complete -c partners -n "__fish_partners_using_subcommand tax; and __fish_seen_subcommand_from reject" -l db -d 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]' -r -F
complete -c partners -n "__fish_partners_using_subcommand tax; and __fish_seen_subcommand_from reject" -l format -d 'Answer as table, json or csv' -r -f -a "table\t'For people: tables and sentences'
json\t'For scripts: one JSON object'
csv\t'For spreadsheets: comma-separated values with a header row'"
complete -c partners -n "__fish_partners_using_subcommand tax; and __fish_seen_subcommand_from reject" -l color -d 'Colour: auto, always or never (NO_COLOR is heeded)' -r -f -a "auto\t'On a terminal that can, unless `NO_COLOR` is set'
always\t'Even when piped'
never\t'Not at all'"
complete -c partners -n "__fish_partners_using_subcommand tax; and __fish_seen_subcommand_from reject" -l actor -d 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]' -r
complete -c partners -n "__fish_partners_using_subcommand tax; and __fish_seen_subcommand_from reject" -l wait -d 'Wait so long for another partners to let go of the database [default: 5]' -r
complete -c partners -n "__fish_partners_using_subcommand tax; and __fish_seen_subcommand_from reject" -l json -d 'Answer with one JSON object (short for --format json)'
complete -c partners -n "__fish_partners_using_subcommand tax; and __fish_seen_subcommand_from reject" -s q -l quiet -d 'Say nothing about routine success'
complete -c partners -n "__fish_partners_using_subcommand tax; and __fish_seen_subcommand_from reject" -s v -l verbose -d 'Say more about what is being done'
complete -c partners -n "__fish_partners_using_subcommand tax; and __fish_seen_subcommand_from reject" -l yes -d 'Consent to what would be asked; paying needs --expect-total as well'
complete -c partners -n "__fish_partners_using_subcommand tax; and __fish_seen_subcommand_from reject" -s h -l help -d 'Print help'
complete -c partners -n "__fish_partners_using_subcommand tax; and __fish_seen_subcommand_from help" -f -a "set" -d 'Record the form that has come'
complete -c partners -n "__fish_partners_using_subcommand tax; and __fish_seen_subcommand_from help" -f -a "approve" -d 'Approve the form that has come'
complete -c partners -n "__fish_partners_using_subcommand tax; and __fish_seen_subcommand_from help" -f -a "reject" -d 'Turn the form down'
complete -c partners -n "__fish_partners_using_subcommand tax; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c partners -n "__fish_partners_using_subcommand link; and not __fish_seen_subcommand_from add claim list help" -l db -d 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]' -r -F
complete -c partners -n "__fish_partners_using_subcommand link; and not __fish_seen_subcommand_from add claim list help" -l format -d 'Answer as table, json or csv' -r -f -a "table\t'For people: tables and sentences'
json\t'For scripts: one JSON object'
csv\t'For spreadsheets: comma-separated values with a header row'"
complete -c partners -n "__fish_partners_using_subcommand link; and not __fish_seen_subcommand_from add claim list help" -l color -d 'Colour: auto, always or never (NO_COLOR is heeded)' -r -f -a "auto\t'On a terminal that can, unless `NO_COLOR` is set'
always\t'Even when piped'
never\t'Not at all'"
complete -c partners -n "__fish_partners_using_subcommand link; and not __fish_seen_subcommand_from add claim list help" -l actor -d 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]' -r
complete -c partners -n "__fish_partners_using_subcommand link; and not __fish_seen_subcommand_from add claim list help" -l wait -d 'Wait so long for another partners to let go of the database [default: 5]' -r
complete -c partners -n "__fish_partners_using_subcommand link; and not __fish_seen_subcommand_from add claim list help" -l json -d 'Answer with one JSON object (short for --format json)'
complete -c partners -n "__fish_partners_using_subcommand link; and not __fish_seen_subcommand_from add claim list help" -s q -l quiet -d 'Say nothing about routine success'
complete -c partners -n "__fish_partners_using_subcommand link; and not __fish_seen_subcommand_from add claim list help" -s v -l verbose -d 'Say more about what is being done'
complete -c partners -n "__fish_partners_using_subcommand link; and not __fish_seen_subcommand_from add claim list help" -l yes -d 'Consent to what would be asked; paying needs --expect-total as well'
complete -c partners -n "__fish_partners_using_subcommand link; and not __fish_seen_subcommand_from add claim list help" -s h -l help -d 'Print help'
complete -c partners -n "__fish_partners_using_subcommand link; and not __fish_seen_subcommand_from add claim list help" -f -a "add" -d 'Add a link, for a partner or for somebody who is none yet'
complete -c partners -n "__fish_partners_using_subcommand link; and not __fish_seen_subcommand_from add claim list help" -f -a "claim" -d 'Give a partner a link that nobody has claimed, and all that came through it'
complete -c partners -n "__fish_partners_using_subcommand link; and not __fish_seen_subcommand_from add claim list help" -f -a "list" -d 'List links, and what those nobody has claimed would have earned'
complete -c partners -n "__fish_partners_using_subcommand link; and not __fish_seen_subcommand_from add claim list help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c partners -n "__fish_partners_using_subcommand link; and __fish_seen_subcommand_from add" -l to -d 'Give it to this partner: id, link code or e-mail' -r
complete -c partners -n "__fish_partners_using_subcommand link; and __fish_seen_subcommand_from add" -l owner -d 'Keep it for whoever signs up with this e-mail, that of the account it was taken from (R4.2)' -r
complete -c partners -n "__fish_partners_using_subcommand link; and __fish_seen_subcommand_from add" -l channel -d 'How it travels' -r -f -a "email\t''
link\t''
social\t''
other\t''"
complete -c partners -n "__fish_partners_using_subcommand link; and __fish_seen_subcommand_from add" -l created-on -d 'The day it was made [default: today]' -r
complete -c partners -n "__fish_partners_using_subcommand link; and __fish_seen_subcommand_from add" -l db -d 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]' -r -F
complete -c partners -n "__fish_partners_using_subcommand link; and __fish_seen_subcommand_from add" -l format -d 'Answer as table, json or csv' -r -f -a "table\t'For people: tables and sentences'
json\t'For scripts: one JSON object'
csv\t'For spreadsheets: comma-separated values with a header row'"
complete -c partners -n "__fish_partners_using_subcommand link; and __fish_seen_subcommand_from add" -l color -d 'Colour: auto, always or never (NO_COLOR is heeded)' -r -f -a "auto\t'On a terminal that can, unless `NO_COLOR` is set'
always\t'Even when piped'
never\t'Not at all'"
complete -c partners -n "__fish_partners_using_subcommand link; and __fish_seen_subcommand_from add" -l actor -d 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]' -r
complete -c partners -n "__fish_partners_using_subcommand link; and __fish_seen_subcommand_from add" -l wait -d 'Wait so long for another partners to let go of the database [default: 5]' -r
complete -c partners -n "__fish_partners_using_subcommand link; and __fish_seen_subcommand_from add" -l json -d 'Answer with one JSON object (short for --format json)'
complete -c partners -n "__fish_partners_using_subcommand link; and __fish_seen_subcommand_from add" -s q -l quiet -d 'Say nothing about routine success'
complete -c partners -n "__fish_partners_using_subcommand link; and __fish_seen_subcommand_from add" -s v -l verbose -d 'Say more about what is being done'
complete -c partners -n "__fish_partners_using_subcommand link; and __fish_seen_subcommand_from add" -l yes -d 'Consent to what would be asked; paying needs --expect-total as well'
complete -c partners -n "__fish_partners_using_subcommand link; and __fish_seen_subcommand_from add" -s h -l help -d 'Print help'
complete -c partners -n "__fish_partners_using_subcommand link; and __fish_seen_subcommand_from claim" -l to -d 'Give it to this partner: id, link code or e-mail' -r
complete -c partners -n "__fish_partners_using_subcommand link; and __fish_seen_subcommand_from claim" -l reason -d 'Say why; it is kept in the audit trail' -r
complete -c partners -n "__fish_partners_using_subcommand link; and __fish_seen_subcommand_from claim" -l db -d 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]' -r -F
complete -c partners -n "__fish_partners_using_subcommand link; and __fish_seen_subcommand_from claim" -l format -d 'Answer as table, json or csv' -r -f -a "table\t'For people: tables and sentences'
json\t'For scripts: one JSON object'
csv\t'For spreadsheets: comma-separated values with a header row'"
complete -c partners -n "__fish_partners_using_subcommand link; and __fish_seen_subcommand_from claim" -l color -d 'Colour: auto, always or never (NO_COLOR is heeded)' -r -f -a "auto\t'On a terminal that can, unless `NO_COLOR` is set'
always\t'Even when piped'
never\t'Not at all'"
complete -c partners -n "__fish_partners_using_subcommand link; and __fish_seen_subcommand_from claim" -l actor -d 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]' -r
complete -c partners -n "__fish_partners_using_subcommand link; and __fish_seen_subcommand_from claim" -l wait -d 'Wait so long for another partners to let go of the database [default: 5]' -r
complete -c partners -n "__fish_partners_using_subcommand link; and __fish_seen_subcommand_from claim" -l json -d 'Answer with one JSON object (short for --format json)'
complete -c partners -n "__fish_partners_using_subcommand link; and __fish_seen_subcommand_from claim" -s q -l quiet -d 'Say nothing about routine success'
complete -c partners -n "__fish_partners_using_subcommand link; and __fish_seen_subcommand_from claim" -s v -l verbose -d 'Say more about what is being done'
complete -c partners -n "__fish_partners_using_subcommand link; and __fish_seen_subcommand_from claim" -l yes -d 'Consent to what would be asked; paying needs --expect-total as well'
complete -c partners -n "__fish_partners_using_subcommand link; and __fish_seen_subcommand_from claim" -s h -l help -d 'Print help'
complete -c partners -n "__fish_partners_using_subcommand link; and __fish_seen_subcommand_from list" -l owner -d 'List only those taken from an account with this e-mail' -r
complete -c partners -n "__fish_partners_using_subcommand link; and __fish_seen_subcommand_from list" -l partner -d 'List only those of this partner: id, link code or e-mail' -r
complete -c partners -n "__fish_partners_using_subcommand link; and __fish_seen_subcommand_from list" -l db -d 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]' -r -F
complete -c partners -n "__fish_partners_using_subcommand link; and __fish_seen_subcommand_from list" -l format -d 'Answer as table, json or csv' -r -f -a "table\t'For people: tables and sentences'
json\t'For scripts: one JSON object'
csv\t'For spreadsheets: comma-separated values with a header row'"
complete -c partners -n "__fish_partners_using_subcommand link; and __fish_seen_subcommand_from list" -l color -d 'Colour: auto, always or never (NO_COLOR is heeded)' -r -f -a "auto\t'On a terminal that can, unless `NO_COLOR` is set'
always\t'Even when piped'
never\t'Not at all'"
complete -c partners -n "__fish_partners_using_subcommand link; and __fish_seen_subcommand_from list" -l actor -d 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]' -r
complete -c partners -n "__fish_partners_using_subcommand link; and __fish_seen_subcommand_from list" -l wait -d 'Wait so long for another partners to let go of the database [default: 5]' -r
complete -c partners -n "__fish_partners_using_subcommand link; and __fish_seen_subcommand_from list" -l unclaimed -d 'List only those nobody has claimed'
complete -c partners -n "__fish_partners_using_subcommand link; and __fish_seen_subcommand_from list" -l json -d 'Answer with one JSON object (short for --format json)'
complete -c partners -n "__fish_partners_using_subcommand link; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Say nothing about routine success'
complete -c partners -n "__fish_partners_using_subcommand link; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say more about what is being done'
complete -c partners -n "__fish_partners_using_subcommand link; and __fish_seen_subcommand_from list" -l yes -d 'Consent to what would be asked; paying needs --expect-total as well'
complete -c partners -n "__fish_partners_using_subcommand link; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c partners -n "__fish_partners_using_subcommand link; and __fish_seen_subcommand_from help" -f -a "add" -d 'Add a link, for a partner or for somebody who is none yet'
complete -c partners -n "__fish_partners_using_subcommand link; and __fish_seen_subcommand_from help" -f -a "claim" -d 'Give a partner a link that nobody has claimed, and all that came through it'
complete -c partners -n "__fish_partners_using_subcommand link; and __fish_seen_subcommand_from help" -f -a "list" -d 'List links, and what those nobody has claimed would have earned'
complete -c partners -n "__fish_partners_using_subcommand link; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c partners -n "__fish_partners_using_subcommand adjust" -l on -d 'Let it count from this day on [default: today]' -r
complete -c partners -n "__fish_partners_using_subcommand adjust" -l reason -d 'Say why; it is kept with the amount and in the audit trail' -r
complete -c partners -n "__fish_partners_using_subcommand adjust" -l db -d 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]' -r -F
complete -c partners -n "__fish_partners_using_subcommand adjust" -l format -d 'Answer as table, json or csv' -r -f -a "table\t'For people: tables and sentences'
json\t'For scripts: one JSON object'
csv\t'For spreadsheets: comma-separated values with a header row'"
complete -c partners -n "__fish_partners_using_subcommand adjust" -l color -d 'Colour: auto, always or never (NO_COLOR is heeded)' -r -f -a "auto\t'On a terminal that can, unless `NO_COLOR` is set'
always\t'Even when piped'
never\t'Not at all'"
complete -c partners -n "__fish_partners_using_subcommand adjust" -l actor -d 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]' -r
complete -c partners -n "__fish_partners_using_subcommand adjust" -l wait -d 'Wait so long for another partners to let go of the database [default: 5]' -r
complete -c partners -n "__fish_partners_using_subcommand adjust" -l json -d 'Answer with one JSON object (short for --format json)'
complete -c partners -n "__fish_partners_using_subcommand adjust" -s q -l quiet -d 'Say nothing about routine success'
complete -c partners -n "__fish_partners_using_subcommand adjust" -s v -l verbose -d 'Say more about what is being done'
complete -c partners -n "__fish_partners_using_subcommand adjust" -l yes -d 'Consent to what would be asked; paying needs --expect-total as well'
complete -c partners -n "__fish_partners_using_subcommand adjust" -s h -l help -d 'Print help'
complete -c partners -n "__fish_partners_using_subcommand account; and not __fish_seen_subcommand_from show edit help" -l db -d 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]' -r -F
complete -c partners -n "__fish_partners_using_subcommand account; and not __fish_seen_subcommand_from show edit help" -l format -d 'Answer as table, json or csv' -r -f -a "table\t'For people: tables and sentences'
json\t'For scripts: one JSON object'
csv\t'For spreadsheets: comma-separated values with a header row'"
complete -c partners -n "__fish_partners_using_subcommand account; and not __fish_seen_subcommand_from show edit help" -l color -d 'Colour: auto, always or never (NO_COLOR is heeded)' -r -f -a "auto\t'On a terminal that can, unless `NO_COLOR` is set'
always\t'Even when piped'
never\t'Not at all'"
complete -c partners -n "__fish_partners_using_subcommand account; and not __fish_seen_subcommand_from show edit help" -l actor -d 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]' -r
complete -c partners -n "__fish_partners_using_subcommand account; and not __fish_seen_subcommand_from show edit help" -l wait -d 'Wait so long for another partners to let go of the database [default: 5]' -r
complete -c partners -n "__fish_partners_using_subcommand account; and not __fish_seen_subcommand_from show edit help" -l json -d 'Answer with one JSON object (short for --format json)'
complete -c partners -n "__fish_partners_using_subcommand account; and not __fish_seen_subcommand_from show edit help" -s q -l quiet -d 'Say nothing about routine success'
complete -c partners -n "__fish_partners_using_subcommand account; and not __fish_seen_subcommand_from show edit help" -s v -l verbose -d 'Say more about what is being done'
complete -c partners -n "__fish_partners_using_subcommand account; and not __fish_seen_subcommand_from show edit help" -l yes -d 'Consent to what would be asked; paying needs --expect-total as well'
complete -c partners -n "__fish_partners_using_subcommand account; and not __fish_seen_subcommand_from show edit help" -s h -l help -d 'Print help'
complete -c partners -n "__fish_partners_using_subcommand account; and not __fish_seen_subcommand_from show edit help" -f -a "show" -d 'Show what is on file about an account, who referred it, and what staff corrected'
complete -c partners -n "__fish_partners_using_subcommand account; and not __fish_seen_subcommand_from show edit help" -f -a "edit" -d 'Correct an account; it holds until a file says something new'
complete -c partners -n "__fish_partners_using_subcommand account; and not __fish_seen_subcommand_from show edit help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c partners -n "__fish_partners_using_subcommand account; and __fish_seen_subcommand_from show" -l db -d 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]' -r -F
complete -c partners -n "__fish_partners_using_subcommand account; and __fish_seen_subcommand_from show" -l format -d 'Answer as table, json or csv' -r -f -a "table\t'For people: tables and sentences'
json\t'For scripts: one JSON object'
csv\t'For spreadsheets: comma-separated values with a header row'"
complete -c partners -n "__fish_partners_using_subcommand account; and __fish_seen_subcommand_from show" -l color -d 'Colour: auto, always or never (NO_COLOR is heeded)' -r -f -a "auto\t'On a terminal that can, unless `NO_COLOR` is set'
always\t'Even when piped'
never\t'Not at all'"
complete -c partners -n "__fish_partners_using_subcommand account; and __fish_seen_subcommand_from show" -l actor -d 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]' -r
complete -c partners -n "__fish_partners_using_subcommand account; and __fish_seen_subcommand_from show" -l wait -d 'Wait so long for another partners to let go of the database [default: 5]' -r
complete -c partners -n "__fish_partners_using_subcommand account; and __fish_seen_subcommand_from show" -l json -d 'Answer with one JSON object (short for --format json)'
complete -c partners -n "__fish_partners_using_subcommand account; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Say nothing about routine success'
complete -c partners -n "__fish_partners_using_subcommand account; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Say more about what is being done'
complete -c partners -n "__fish_partners_using_subcommand account; and __fish_seen_subcommand_from show" -l yes -d 'Consent to what would be asked; paying needs --expect-total as well'
complete -c partners -n "__fish_partners_using_subcommand account; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c partners -n "__fish_partners_using_subcommand account; and __fish_seen_subcommand_from edit" -l email -d 'The e-mail it signed up with; - clears it' -r
complete -c partners -n "__fish_partners_using_subcommand account; and __fish_seen_subcommand_from edit" -l name -d 'The customer\'s name; - clears it' -r
complete -c partners -n "__fish_partners_using_subcommand account; and __fish_seen_subcommand_from edit" -l opened-on -d 'The day it was opened, from which its refund period runs (R3.1); - clears it' -r
complete -c partners -n "__fish_partners_using_subcommand account; and __fish_seen_subcommand_from edit" -l closed-on -d 'The day it was closed (R2.3); - clears it' -r
complete -c partners -n "__fish_partners_using_subcommand account; and __fish_seen_subcommand_from edit" -l referral-code -d 'The referral code of its signup (R4.1); - clears it' -r
complete -c partners -n "__fish_partners_using_subcommand account; and __fish_seen_subcommand_from edit" -l reason -d 'Say why; it is kept in the audit trail' -r
complete -c partners -n "__fish_partners_using_subcommand account; and __fish_seen_subcommand_from edit" -l db -d 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]' -r -F
complete -c partners -n "__fish_partners_using_subcommand account; and __fish_seen_subcommand_from edit" -l format -d 'Answer as table, json or csv' -r -f -a "table\t'For people: tables and sentences'
json\t'For scripts: one JSON object'
csv\t'For spreadsheets: comma-separated values with a header row'"
complete -c partners -n "__fish_partners_using_subcommand account; and __fish_seen_subcommand_from edit" -l color -d 'Colour: auto, always or never (NO_COLOR is heeded)' -r -f -a "auto\t'On a terminal that can, unless `NO_COLOR` is set'
always\t'Even when piped'
never\t'Not at all'"
complete -c partners -n "__fish_partners_using_subcommand account; and __fish_seen_subcommand_from edit" -l actor -d 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]' -r
complete -c partners -n "__fish_partners_using_subcommand account; and __fish_seen_subcommand_from edit" -l wait -d 'Wait so long for another partners to let go of the database [default: 5]' -r
complete -c partners -n "__fish_partners_using_subcommand account; and __fish_seen_subcommand_from edit" -l json -d 'Answer with one JSON object (short for --format json)'
complete -c partners -n "__fish_partners_using_subcommand account; and __fish_seen_subcommand_from edit" -s q -l quiet -d 'Say nothing about routine success'
complete -c partners -n "__fish_partners_using_subcommand account; and __fish_seen_subcommand_from edit" -s v -l verbose -d 'Say more about what is being done'
complete -c partners -n "__fish_partners_using_subcommand account; and __fish_seen_subcommand_from edit" -l yes -d 'Consent to what would be asked; paying needs --expect-total as well'
complete -c partners -n "__fish_partners_using_subcommand account; and __fish_seen_subcommand_from edit" -s h -l help -d 'Print help'
complete -c partners -n "__fish_partners_using_subcommand account; and __fish_seen_subcommand_from help" -f -a "show" -d 'Show what is on file about an account, who referred it, and what staff corrected'
complete -c partners -n "__fish_partners_using_subcommand account; and __fish_seen_subcommand_from help" -f -a "edit" -d 'Correct an account; it holds until a file says something new'
complete -c partners -n "__fish_partners_using_subcommand account; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c partners -n "__fish_partners_using_subcommand charge; and not __fish_seen_subcommand_from show resolve help" -l db -d 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]' -r -F
complete -c partners -n "__fish_partners_using_subcommand charge; and not __fish_seen_subcommand_from show resolve help" -l format -d 'Answer as table, json or csv' -r -f -a "table\t'For people: tables and sentences'
json\t'For scripts: one JSON object'
csv\t'For spreadsheets: comma-separated values with a header row'"
complete -c partners -n "__fish_partners_using_subcommand charge; and not __fish_seen_subcommand_from show resolve help" -l color -d 'Colour: auto, always or never (NO_COLOR is heeded)' -r -f -a "auto\t'On a terminal that can, unless `NO_COLOR` is set'
always\t'Even when piped'
never\t'Not at all'"
complete -c partners -n "__fish_partners_using_subcommand charge; and not __fish_seen_subcommand_from show resolve help" -l actor -d 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]' -r
complete -c partners -n "__fish_partners_using_subcommand charge; and not __fish_seen_subcommand_from show resolve help" -l wait -d 'Wait so long for another partners to let go of the database [default: 5]' -r
complete -c partners -n "__fish_partners_using_subcommand charge; and not __fish_seen_subcommand_from show resolve help" -l json -d 'Answer with one JSON object (short for --format json)'
complete -c partners -n "__fish_partners_using_subcommand charge; and not __fish_seen_subcommand_from show resolve help" -s q -l quiet -d 'Say nothing about routine success'
complete -c partners -n "__fish_partners_using_subcommand charge; and not __fish_seen_subcommand_from show resolve help" -s v -l verbose -d 'Say more about what is being done'
complete -c partners -n "__fish_partners_using_subcommand charge; and not __fish_seen_subcommand_from show resolve help" -l yes -d 'Consent to what would be asked; paying needs --expect-total as well'
complete -c partners -n "__fish_partners_using_subcommand charge; and not __fish_seen_subcommand_from show resolve help" -s h -l help -d 'Print help'
complete -c partners -n "__fish_partners_using_subcommand charge; and not __fish_seen_subcommand_from show resolve help" -f -a "show" -d 'Show what billing and staff say of a charge'
complete -c partners -n "__fish_partners_using_subcommand charge; and not __fish_seen_subcommand_from show resolve help" -f -a "resolve" -d 'Decide what became of a charge in collections; it holds until billing says something else (R3.4)'
complete -c partners -n "__fish_partners_using_subcommand charge; and not __fish_seen_subcommand_from show resolve help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c partners -n "__fish_partners_using_subcommand charge; and __fish_seen_subcommand_from show" -l db -d 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]' -r -F
complete -c partners -n "__fish_partners_using_subcommand charge; and __fish_seen_subcommand_from show" -l format -d 'Answer as table, json or csv' -r -f -a "table\t'For people: tables and sentences'
json\t'For scripts: one JSON object'
csv\t'For spreadsheets: comma-separated values with a header row'"
complete -c partners -n "__fish_partners_using_subcommand charge; and __fish_seen_subcommand_from show" -l color -d 'Colour: auto, always or never (NO_COLOR is heeded)' -r -f -a "auto\t'On a terminal that can, unless `NO_COLOR` is set'
always\t'Even when piped'
never\t'Not at all'"
complete -c partners -n "__fish_partners_using_subcommand charge; and __fish_seen_subcommand_from show" -l actor -d 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]' -r
complete -c partners -n "__fish_partners_using_subcommand charge; and __fish_seen_subcommand_from show" -l wait -d 'Wait so long for another partners to let go of the database [default: 5]' -r
complete -c partners -n "__fish_partners_using_subcommand charge; and __fish_seen_subcommand_from show" -l json -d 'Answer with one JSON object (short for --format json)'
complete -c partners -n "__fish_partners_using_subcommand charge; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Say nothing about routine success'
complete -c partners -n "__fish_partners_using_subcommand charge; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Say more about what is being done'
complete -c partners -n "__fish_partners_using_subcommand charge; and __fish_seen_subcommand_from show" -l yes -d 'Consent to what would be asked; paying needs --expect-total as well'
complete -c partners -n "__fish_partners_using_subcommand charge; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c partners -n "__fish_partners_using_subcommand charge; and __fish_seen_subcommand_from resolve" -l as -d 'What became of it; open takes the decision back' -r -f -a "paid\t''
voided\t''
write_off\t''
open\t''"
complete -c partners -n "__fish_partners_using_subcommand charge; and __fish_seen_subcommand_from resolve" -l collected-on -d 'The day its money came in, where it was paid [default: today]' -r
complete -c partners -n "__fish_partners_using_subcommand charge; and __fish_seen_subcommand_from resolve" -l reason -d 'Say why; it is kept with the charge and in the audit trail' -r
complete -c partners -n "__fish_partners_using_subcommand charge; and __fish_seen_subcommand_from resolve" -l db -d 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]' -r -F
complete -c partners -n "__fish_partners_using_subcommand charge; and __fish_seen_subcommand_from resolve" -l format -d 'Answer as table, json or csv' -r -f -a "table\t'For people: tables and sentences'
json\t'For scripts: one JSON object'
csv\t'For spreadsheets: comma-separated values with a header row'"
complete -c partners -n "__fish_partners_using_subcommand charge; and __fish_seen_subcommand_from resolve" -l color -d 'Colour: auto, always or never (NO_COLOR is heeded)' -r -f -a "auto\t'On a terminal that can, unless `NO_COLOR` is set'
always\t'Even when piped'
never\t'Not at all'"
complete -c partners -n "__fish_partners_using_subcommand charge; and __fish_seen_subcommand_from resolve" -l actor -d 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]' -r
complete -c partners -n "__fish_partners_using_subcommand charge; and __fish_seen_subcommand_from resolve" -l wait -d 'Wait so long for another partners to let go of the database [default: 5]' -r
complete -c partners -n "__fish_partners_using_subcommand charge; and __fish_seen_subcommand_from resolve" -l json -d 'Answer with one JSON object (short for --format json)'
complete -c partners -n "__fish_partners_using_subcommand charge; and __fish_seen_subcommand_from resolve" -s q -l quiet -d 'Say nothing about routine success'
complete -c partners -n "__fish_partners_using_subcommand charge; and __fish_seen_subcommand_from resolve" -s v -l verbose -d 'Say more about what is being done'
complete -c partners -n "__fish_partners_using_subcommand charge; and __fish_seen_subcommand_from resolve" -l yes -d 'Consent to what would be asked; paying needs --expect-total as well'
complete -c partners -n "__fish_partners_using_subcommand charge; and __fish_seen_subcommand_from resolve" -s h -l help -d 'Print help'
complete -c partners -n "__fish_partners_using_subcommand charge; and __fish_seen_subcommand_from help" -f -a "show" -d 'Show what billing and staff say of a charge'
complete -c partners -n "__fish_partners_using_subcommand charge; and __fish_seen_subcommand_from help" -f -a "resolve" -d 'Decide what became of a charge in collections; it holds until billing says something else (R3.4)'
complete -c partners -n "__fish_partners_using_subcommand charge; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c partners -n "__fish_partners_using_subcommand note; and not __fish_seen_subcommand_from add list help" -l db -d 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]' -r -F
complete -c partners -n "__fish_partners_using_subcommand note; and not __fish_seen_subcommand_from add list help" -l format -d 'Answer as table, json or csv' -r -f -a "table\t'For people: tables and sentences'
json\t'For scripts: one JSON object'
csv\t'For spreadsheets: comma-separated values with a header row'"
complete -c partners -n "__fish_partners_using_subcommand note; and not __fish_seen_subcommand_from add list help" -l color -d 'Colour: auto, always or never (NO_COLOR is heeded)' -r -f -a "auto\t'On a terminal that can, unless `NO_COLOR` is set'
always\t'Even when piped'
never\t'Not at all'"
complete -c partners -n "__fish_partners_using_subcommand note; and not __fish_seen_subcommand_from add list help" -l actor -d 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]' -r
complete -c partners -n "__fish_partners_using_subcommand note; and not __fish_seen_subcommand_from add list help" -l wait -d 'Wait so long for another partners to let go of the database [default: 5]' -r
complete -c partners -n "__fish_partners_using_subcommand note; and not __fish_seen_subcommand_from add list help" -l json -d 'Answer with one JSON object (short for --format json)'
complete -c partners -n "__fish_partners_using_subcommand note; and not __fish_seen_subcommand_from add list help" -s q -l quiet -d 'Say nothing about routine success'
complete -c partners -n "__fish_partners_using_subcommand note; and not __fish_seen_subcommand_from add list help" -s v -l verbose -d 'Say more about what is being done'
complete -c partners -n "__fish_partners_using_subcommand note; and not __fish_seen_subcommand_from add list help" -l yes -d 'Consent to what would be asked; paying needs --expect-total as well'
complete -c partners -n "__fish_partners_using_subcommand note; and not __fish_seen_subcommand_from add list help" -s h -l help -d 'Print help'
complete -c partners -n "__fish_partners_using_subcommand note; and not __fish_seen_subcommand_from add list help" -f -a "add" -d 'Keep a remark; never a tax number (R8)'
complete -c partners -n "__fish_partners_using_subcommand note; and not __fish_seen_subcommand_from add list help" -f -a "list" -d 'List remarks, oldest first'
complete -c partners -n "__fish_partners_using_subcommand note; and not __fish_seen_subcommand_from add list help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c partners -n "__fish_partners_using_subcommand note; and __fish_seen_subcommand_from add" -l db -d 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]' -r -F
complete -c partners -n "__fish_partners_using_subcommand note; and __fish_seen_subcommand_from add" -l format -d 'Answer as table, json or csv' -r -f -a "table\t'For people: tables and sentences'
json\t'For scripts: one JSON object'
csv\t'For spreadsheets: comma-separated values with a header row'"
complete -c partners -n "__fish_partners_using_subcommand note; and __fish_seen_subcommand_from add" -l color -d 'Colour: auto, always or never (NO_COLOR is heeded)' -r -f -a "auto\t'On a terminal that can, unless `NO_COLOR` is set'
always\t'Even when piped'
never\t'Not at all'"
complete -c partners -n "__fish_partners_using_subcommand note; and __fish_seen_subcommand_from add" -l actor -d 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]' -r
complete -c partners -n "__fish_partners_using_subcommand note; and __fish_seen_subcommand_from add" -l wait -d 'Wait so long for another partners to let go of the database [default: 5]' -r
complete -c partners -n "__fish_partners_using_subcommand note; and __fish_seen_subcommand_from add" -l json -d 'Answer with one JSON object (short for --format json)'
complete -c partners -n "__fish_partners_using_subcommand note; and __fish_seen_subcommand_from add" -s q -l quiet -d 'Say nothing about routine success'
complete -c partners -n "__fish_partners_using_subcommand note; and __fish_seen_subcommand_from add" -s v -l verbose -d 'Say more about what is being done'
complete -c partners -n "__fish_partners_using_subcommand note; and __fish_seen_subcommand_from add" -l yes -d 'Consent to what would be asked; paying needs --expect-total as well'
complete -c partners -n "__fish_partners_using_subcommand note; and __fish_seen_subcommand_from add" -s h -l help -d 'Print help'
complete -c partners -n "__fish_partners_using_subcommand note; and __fish_seen_subcommand_from list" -l db -d 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]' -r -F
complete -c partners -n "__fish_partners_using_subcommand note; and __fish_seen_subcommand_from list" -l format -d 'Answer as table, json or csv' -r -f -a "table\t'For people: tables and sentences'
json\t'For scripts: one JSON object'
csv\t'For spreadsheets: comma-separated values with a header row'"
complete -c partners -n "__fish_partners_using_subcommand note; and __fish_seen_subcommand_from list" -l color -d 'Colour: auto, always or never (NO_COLOR is heeded)' -r -f -a "auto\t'On a terminal that can, unless `NO_COLOR` is set'
always\t'Even when piped'
never\t'Not at all'"
complete -c partners -n "__fish_partners_using_subcommand note; and __fish_seen_subcommand_from list" -l actor -d 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]' -r
complete -c partners -n "__fish_partners_using_subcommand note; and __fish_seen_subcommand_from list" -l wait -d 'Wait so long for another partners to let go of the database [default: 5]' -r
complete -c partners -n "__fish_partners_using_subcommand note; and __fish_seen_subcommand_from list" -l json -d 'Answer with one JSON object (short for --format json)'
complete -c partners -n "__fish_partners_using_subcommand note; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Say nothing about routine success'
complete -c partners -n "__fish_partners_using_subcommand note; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say more about what is being done'
complete -c partners -n "__fish_partners_using_subcommand note; and __fish_seen_subcommand_from list" -l yes -d 'Consent to what would be asked; paying needs --expect-total as well'
complete -c partners -n "__fish_partners_using_subcommand note; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c partners -n "__fish_partners_using_subcommand note; and __fish_seen_subcommand_from help" -f -a "add" -d 'Keep a remark; never a tax number (R8)'
complete -c partners -n "__fish_partners_using_subcommand note; and __fish_seen_subcommand_from help" -f -a "list" -d 'List remarks, oldest first'
complete -c partners -n "__fish_partners_using_subcommand note; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c partners -n "__fish_partners_using_subcommand policy; and not __fish_seen_subcommand_from show set help" -l db -d 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]' -r -F
complete -c partners -n "__fish_partners_using_subcommand policy; and not __fish_seen_subcommand_from show set help" -l format -d 'Answer as table, json or csv' -r -f -a "table\t'For people: tables and sentences'
json\t'For scripts: one JSON object'
csv\t'For spreadsheets: comma-separated values with a header row'"
complete -c partners -n "__fish_partners_using_subcommand policy; and not __fish_seen_subcommand_from show set help" -l color -d 'Colour: auto, always or never (NO_COLOR is heeded)' -r -f -a "auto\t'On a terminal that can, unless `NO_COLOR` is set'
always\t'Even when piped'
never\t'Not at all'"
complete -c partners -n "__fish_partners_using_subcommand policy; and not __fish_seen_subcommand_from show set help" -l actor -d 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]' -r
complete -c partners -n "__fish_partners_using_subcommand policy; and not __fish_seen_subcommand_from show set help" -l wait -d 'Wait so long for another partners to let go of the database [default: 5]' -r
complete -c partners -n "__fish_partners_using_subcommand policy; and not __fish_seen_subcommand_from show set help" -l json -d 'Answer with one JSON object (short for --format json)'
complete -c partners -n "__fish_partners_using_subcommand policy; and not __fish_seen_subcommand_from show set help" -s q -l quiet -d 'Say nothing about routine success'
complete -c partners -n "__fish_partners_using_subcommand policy; and not __fish_seen_subcommand_from show set help" -s v -l verbose -d 'Say more about what is being done'
complete -c partners -n "__fish_partners_using_subcommand policy; and not __fish_seen_subcommand_from show set help" -l yes -d 'Consent to what would be asked; paying needs --expect-total as well'
complete -c partners -n "__fish_partners_using_subcommand policy; and not __fish_seen_subcommand_from show set help" -s h -l help -d 'Print help'
complete -c partners -n "__fish_partners_using_subcommand policy; and not __fish_seen_subcommand_from show set help" -f -a "show" -d 'Show every setting and since when it holds'
complete -c partners -n "__fish_partners_using_subcommand policy; and not __fish_seen_subcommand_from show set help" -f -a "set" -d 'Change one setting from a day on'
complete -c partners -n "__fish_partners_using_subcommand policy; and not __fish_seen_subcommand_from show set help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c partners -n "__fish_partners_using_subcommand policy; and __fish_seen_subcommand_from show" -l date -d 'Show what holds on this day [default: today]' -r
complete -c partners -n "__fish_partners_using_subcommand policy; and __fish_seen_subcommand_from show" -l db -d 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]' -r -F
complete -c partners -n "__fish_partners_using_subcommand policy; and __fish_seen_subcommand_from show" -l format -d 'Answer as table, json or csv' -r -f -a "table\t'For people: tables and sentences'
json\t'For scripts: one JSON object'
csv\t'For spreadsheets: comma-separated values with a header row'"
complete -c partners -n "__fish_partners_using_subcommand policy; and __fish_seen_subcommand_from show" -l color -d 'Colour: auto, always or never (NO_COLOR is heeded)' -r -f -a "auto\t'On a terminal that can, unless `NO_COLOR` is set'
always\t'Even when piped'
never\t'Not at all'"
complete -c partners -n "__fish_partners_using_subcommand policy; and __fish_seen_subcommand_from show" -l actor -d 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]' -r
complete -c partners -n "__fish_partners_using_subcommand policy; and __fish_seen_subcommand_from show" -l wait -d 'Wait so long for another partners to let go of the database [default: 5]' -r
complete -c partners -n "__fish_partners_using_subcommand policy; and __fish_seen_subcommand_from show" -l json -d 'Answer with one JSON object (short for --format json)'
complete -c partners -n "__fish_partners_using_subcommand policy; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Say nothing about routine success'
complete -c partners -n "__fish_partners_using_subcommand policy; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Say more about what is being done'
complete -c partners -n "__fish_partners_using_subcommand policy; and __fish_seen_subcommand_from show" -l yes -d 'Consent to what would be asked; paying needs --expect-total as well'
complete -c partners -n "__fish_partners_using_subcommand policy; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c partners -n "__fish_partners_using_subcommand policy; and __fish_seen_subcommand_from set" -l from -d 'Let it hold from this day on' -r
complete -c partners -n "__fish_partners_using_subcommand policy; and __fish_seen_subcommand_from set" -l reason -d 'Say why; it is kept in the audit trail' -r
complete -c partners -n "__fish_partners_using_subcommand policy; and __fish_seen_subcommand_from set" -l db -d 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]' -r -F
complete -c partners -n "__fish_partners_using_subcommand policy; and __fish_seen_subcommand_from set" -l format -d 'Answer as table, json or csv' -r -f -a "table\t'For people: tables and sentences'
json\t'For scripts: one JSON object'
csv\t'For spreadsheets: comma-separated values with a header row'"
complete -c partners -n "__fish_partners_using_subcommand policy; and __fish_seen_subcommand_from set" -l color -d 'Colour: auto, always or never (NO_COLOR is heeded)' -r -f -a "auto\t'On a terminal that can, unless `NO_COLOR` is set'
always\t'Even when piped'
never\t'Not at all'"
complete -c partners -n "__fish_partners_using_subcommand policy; and __fish_seen_subcommand_from set" -l actor -d 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]' -r
complete -c partners -n "__fish_partners_using_subcommand policy; and __fish_seen_subcommand_from set" -l wait -d 'Wait so long for another partners to let go of the database [default: 5]' -r
complete -c partners -n "__fish_partners_using_subcommand policy; and __fish_seen_subcommand_from set" -l retroactive -d 'Allow a day on or before the date of an existing run, with the effect shown (R1.6)'
complete -c partners -n "__fish_partners_using_subcommand policy; and __fish_seen_subcommand_from set" -l dry-run -d 'Say what would change, and change nothing'
complete -c partners -n "__fish_partners_using_subcommand policy; and __fish_seen_subcommand_from set" -l json -d 'Answer with one JSON object (short for --format json)'
complete -c partners -n "__fish_partners_using_subcommand policy; and __fish_seen_subcommand_from set" -s q -l quiet -d 'Say nothing about routine success'
complete -c partners -n "__fish_partners_using_subcommand policy; and __fish_seen_subcommand_from set" -s v -l verbose -d 'Say more about what is being done'
complete -c partners -n "__fish_partners_using_subcommand policy; and __fish_seen_subcommand_from set" -l yes -d 'Consent to what would be asked; paying needs --expect-total as well'
complete -c partners -n "__fish_partners_using_subcommand policy; and __fish_seen_subcommand_from set" -s h -l help -d 'Print help'
complete -c partners -n "__fish_partners_using_subcommand policy; and __fish_seen_subcommand_from help" -f -a "show" -d 'Show every setting and since when it holds'
complete -c partners -n "__fish_partners_using_subcommand policy; and __fish_seen_subcommand_from help" -f -a "set" -d 'Change one setting from a day on'
complete -c partners -n "__fish_partners_using_subcommand policy; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c partners -n "__fish_partners_using_subcommand check" -l db -d 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]' -r -F
complete -c partners -n "__fish_partners_using_subcommand check" -l format -d 'Answer as table, json or csv' -r -f -a "table\t'For people: tables and sentences'
json\t'For scripts: one JSON object'
csv\t'For spreadsheets: comma-separated values with a header row'"
complete -c partners -n "__fish_partners_using_subcommand check" -l color -d 'Colour: auto, always or never (NO_COLOR is heeded)' -r -f -a "auto\t'On a terminal that can, unless `NO_COLOR` is set'
always\t'Even when piped'
never\t'Not at all'"
complete -c partners -n "__fish_partners_using_subcommand check" -l actor -d 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]' -r
complete -c partners -n "__fish_partners_using_subcommand check" -l wait -d 'Wait so long for another partners to let go of the database [default: 5]' -r
complete -c partners -n "__fish_partners_using_subcommand check" -l json -d 'Answer with one JSON object (short for --format json)'
complete -c partners -n "__fish_partners_using_subcommand check" -s q -l quiet -d 'Say nothing about routine success'
complete -c partners -n "__fish_partners_using_subcommand check" -s v -l verbose -d 'Say more about what is being done'
complete -c partners -n "__fish_partners_using_subcommand check" -l yes -d 'Consent to what would be asked; paying needs --expect-total as well'
complete -c partners -n "__fish_partners_using_subcommand check" -s h -l help -d 'Print help'
complete -c partners -n "__fish_partners_using_subcommand audit; and not __fish_seen_subcommand_from log verify help" -l db -d 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]' -r -F
complete -c partners -n "__fish_partners_using_subcommand audit; and not __fish_seen_subcommand_from log verify help" -l format -d 'Answer as table, json or csv' -r -f -a "table\t'For people: tables and sentences'
json\t'For scripts: one JSON object'
csv\t'For spreadsheets: comma-separated values with a header row'"
complete -c partners -n "__fish_partners_using_subcommand audit; and not __fish_seen_subcommand_from log verify help" -l color -d 'Colour: auto, always or never (NO_COLOR is heeded)' -r -f -a "auto\t'On a terminal that can, unless `NO_COLOR` is set'
always\t'Even when piped'
never\t'Not at all'"
complete -c partners -n "__fish_partners_using_subcommand audit; and not __fish_seen_subcommand_from log verify help" -l actor -d 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]' -r
complete -c partners -n "__fish_partners_using_subcommand audit; and not __fish_seen_subcommand_from log verify help" -l wait -d 'Wait so long for another partners to let go of the database [default: 5]' -r
complete -c partners -n "__fish_partners_using_subcommand audit; and not __fish_seen_subcommand_from log verify help" -l json -d 'Answer with one JSON object (short for --format json)'
complete -c partners -n "__fish_partners_using_subcommand audit; and not __fish_seen_subcommand_from log verify help" -s q -l quiet -d 'Say nothing about routine success'
complete -c partners -n "__fish_partners_using_subcommand audit; and not __fish_seen_subcommand_from log verify help" -s v -l verbose -d 'Say more about what is being done'
complete -c partners -n "__fish_partners_using_subcommand audit; and not __fish_seen_subcommand_from log verify help" -l yes -d 'Consent to what would be asked; paying needs --expect-total as well'
complete -c partners -n "__fish_partners_using_subcommand audit; and not __fish_seen_subcommand_from log verify help" -s h -l help -d 'Print help'
complete -c partners -n "__fish_partners_using_subcommand audit; and not __fish_seen_subcommand_from log verify help" -f -a "log" -d 'List changes, newest last'
complete -c partners -n "__fish_partners_using_subcommand audit; and not __fish_seen_subcommand_from log verify help" -f -a "verify" -d 'Recompute every hash and name the first row that is not as it was written'
complete -c partners -n "__fish_partners_using_subcommand audit; and not __fish_seen_subcommand_from log verify help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c partners -n "__fish_partners_using_subcommand audit; and __fish_seen_subcommand_from log" -l partner -d 'List only what was about this partner: id, link code or e-mail' -r
complete -c partners -n "__fish_partners_using_subcommand audit; and __fish_seen_subcommand_from log" -l account -d 'List only what was about this account' -r
complete -c partners -n "__fish_partners_using_subcommand audit; and __fish_seen_subcommand_from log" -l run -d 'List only what was about this run: its date, its name, or latest' -r
complete -c partners -n "__fish_partners_using_subcommand audit; and __fish_seen_subcommand_from log" -l db -d 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]' -r -F
complete -c partners -n "__fish_partners_using_subcommand audit; and __fish_seen_subcommand_from log" -l format -d 'Answer as table, json or csv' -r -f -a "table\t'For people: tables and sentences'
json\t'For scripts: one JSON object'
csv\t'For spreadsheets: comma-separated values with a header row'"
complete -c partners -n "__fish_partners_using_subcommand audit; and __fish_seen_subcommand_from log" -l color -d 'Colour: auto, always or never (NO_COLOR is heeded)' -r -f -a "auto\t'On a terminal that can, unless `NO_COLOR` is set'
always\t'Even when piped'
never\t'Not at all'"
complete -c partners -n "__fish_partners_using_subcommand audit; and __fish_seen_subcommand_from log" -l actor -d 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]' -r
complete -c partners -n "__fish_partners_using_subcommand audit; and __fish_seen_subcommand_from log" -l wait -d 'Wait so long for another partners to let go of the database [default: 5]' -r
complete -c partners -n "__fish_partners_using_subcommand audit; and __fish_seen_subcommand_from log" -l json -d 'Answer with one JSON object (short for --format json)'
complete -c partners -n "__fish_partners_using_subcommand audit; and __fish_seen_subcommand_from log" -s q -l quiet -d 'Say nothing about routine success'
complete -c partners -n "__fish_partners_using_subcommand audit; and __fish_seen_subcommand_from log" -s v -l verbose -d 'Say more about what is being done'
complete -c partners -n "__fish_partners_using_subcommand audit; and __fish_seen_subcommand_from log" -l yes -d 'Consent to what would be asked; paying needs --expect-total as well'
complete -c partners -n "__fish_partners_using_subcommand audit; and __fish_seen_subcommand_from log" -s h -l help -d 'Print help'
complete -c partners -n "__fish_partners_using_subcommand audit; and __fish_seen_subcommand_from verify" -l db -d 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]' -r -F
complete -c partners -n "__fish_partners_using_subcommand audit; and __fish_seen_subcommand_from verify" -l format -d 'Answer as table, json or csv' -r -f -a "table\t'For people: tables and sentences'
json\t'For scripts: one JSON object'
csv\t'For spreadsheets: comma-separated values with a header row'"
complete -c partners -n "__fish_partners_using_subcommand audit; and __fish_seen_subcommand_from verify" -l color -d 'Colour: auto, always or never (NO_COLOR is heeded)' -r -f -a "auto\t'On a terminal that can, unless `NO_COLOR` is set'
always\t'Even when piped'
never\t'Not at all'"
complete -c partners -n "__fish_partners_using_subcommand audit; and __fish_seen_subcommand_from verify" -l actor -d 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]' -r
complete -c partners -n "__fish_partners_using_subcommand audit; and __fish_seen_subcommand_from verify" -l wait -d 'Wait so long for another partners to let go of the database [default: 5]' -r
complete -c partners -n "__fish_partners_using_subcommand audit; and __fish_seen_subcommand_from verify" -l json -d 'Answer with one JSON object (short for --format json)'
complete -c partners -n "__fish_partners_using_subcommand audit; and __fish_seen_subcommand_from verify" -s q -l quiet -d 'Say nothing about routine success'
complete -c partners -n "__fish_partners_using_subcommand audit; and __fish_seen_subcommand_from verify" -s v -l verbose -d 'Say more about what is being done'
complete -c partners -n "__fish_partners_using_subcommand audit; and __fish_seen_subcommand_from verify" -l yes -d 'Consent to what would be asked; paying needs --expect-total as well'
complete -c partners -n "__fish_partners_using_subcommand audit; and __fish_seen_subcommand_from verify" -s h -l help -d 'Print help'
complete -c partners -n "__fish_partners_using_subcommand audit; and __fish_seen_subcommand_from help" -f -a "log" -d 'List changes, newest last'
complete -c partners -n "__fish_partners_using_subcommand audit; and __fish_seen_subcommand_from help" -f -a "verify" -d 'Recompute every hash and name the first row that is not as it was written'
complete -c partners -n "__fish_partners_using_subcommand audit; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c partners -n "__fish_partners_using_subcommand backup" -l db -d 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]' -r -F
complete -c partners -n "__fish_partners_using_subcommand backup" -l format -d 'Answer as table, json or csv' -r -f -a "table\t'For people: tables and sentences'
json\t'For scripts: one JSON object'
csv\t'For spreadsheets: comma-separated values with a header row'"
complete -c partners -n "__fish_partners_using_subcommand backup" -l color -d 'Colour: auto, always or never (NO_COLOR is heeded)' -r -f -a "auto\t'On a terminal that can, unless `NO_COLOR` is set'
always\t'Even when piped'
never\t'Not at all'"
complete -c partners -n "__fish_partners_using_subcommand backup" -l actor -d 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]' -r
complete -c partners -n "__fish_partners_using_subcommand backup" -l wait -d 'Wait so long for another partners to let go of the database [default: 5]' -r
complete -c partners -n "__fish_partners_using_subcommand backup" -l json -d 'Answer with one JSON object (short for --format json)'
complete -c partners -n "__fish_partners_using_subcommand backup" -s q -l quiet -d 'Say nothing about routine success'
complete -c partners -n "__fish_partners_using_subcommand backup" -s v -l verbose -d 'Say more about what is being done'
complete -c partners -n "__fish_partners_using_subcommand backup" -l yes -d 'Consent to what would be asked; paying needs --expect-total as well'
complete -c partners -n "__fish_partners_using_subcommand backup" -s h -l help -d 'Print help'
complete -c partners -n "__fish_partners_using_subcommand restore" -l reason -d 'Say why; it is kept in the audit trail' -r
complete -c partners -n "__fish_partners_using_subcommand restore" -l db -d 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]' -r -F
complete -c partners -n "__fish_partners_using_subcommand restore" -l format -d 'Answer as table, json or csv' -r -f -a "table\t'For people: tables and sentences'
json\t'For scripts: one JSON object'
csv\t'For spreadsheets: comma-separated values with a header row'"
complete -c partners -n "__fish_partners_using_subcommand restore" -l color -d 'Colour: auto, always or never (NO_COLOR is heeded)' -r -f -a "auto\t'On a terminal that can, unless `NO_COLOR` is set'
always\t'Even when piped'
never\t'Not at all'"
complete -c partners -n "__fish_partners_using_subcommand restore" -l actor -d 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]' -r
complete -c partners -n "__fish_partners_using_subcommand restore" -l wait -d 'Wait so long for another partners to let go of the database [default: 5]' -r
complete -c partners -n "__fish_partners_using_subcommand restore" -l reconciled -d 'Let money leave again: everything that left since the backup is in the books'
complete -c partners -n "__fish_partners_using_subcommand restore" -l json -d 'Answer with one JSON object (short for --format json)'
complete -c partners -n "__fish_partners_using_subcommand restore" -s q -l quiet -d 'Say nothing about routine success'
complete -c partners -n "__fish_partners_using_subcommand restore" -s v -l verbose -d 'Say more about what is being done'
complete -c partners -n "__fish_partners_using_subcommand restore" -l yes -d 'Consent to what would be asked; paying needs --expect-total as well'
complete -c partners -n "__fish_partners_using_subcommand restore" -s h -l help -d 'Print help'
complete -c partners -n "__fish_partners_using_subcommand doctor" -l db -d 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]' -r -F
complete -c partners -n "__fish_partners_using_subcommand doctor" -l format -d 'Answer as table, json or csv' -r -f -a "table\t'For people: tables and sentences'
json\t'For scripts: one JSON object'
csv\t'For spreadsheets: comma-separated values with a header row'"
complete -c partners -n "__fish_partners_using_subcommand doctor" -l color -d 'Colour: auto, always or never (NO_COLOR is heeded)' -r -f -a "auto\t'On a terminal that can, unless `NO_COLOR` is set'
always\t'Even when piped'
never\t'Not at all'"
complete -c partners -n "__fish_partners_using_subcommand doctor" -l actor -d 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]' -r
complete -c partners -n "__fish_partners_using_subcommand doctor" -l wait -d 'Wait so long for another partners to let go of the database [default: 5]' -r
complete -c partners -n "__fish_partners_using_subcommand doctor" -l json -d 'Answer with one JSON object (short for --format json)'
complete -c partners -n "__fish_partners_using_subcommand doctor" -s q -l quiet -d 'Say nothing about routine success'
complete -c partners -n "__fish_partners_using_subcommand doctor" -s v -l verbose -d 'Say more about what is being done'
complete -c partners -n "__fish_partners_using_subcommand doctor" -l yes -d 'Consent to what would be asked; paying needs --expect-total as well'
complete -c partners -n "__fish_partners_using_subcommand doctor" -s h -l help -d 'Print help'
complete -c partners -n "__fish_partners_using_subcommand completions" -l db -d 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]' -r -F
complete -c partners -n "__fish_partners_using_subcommand completions" -l format -d 'Answer as table, json or csv' -r -f -a "table\t'For people: tables and sentences'
json\t'For scripts: one JSON object'
csv\t'For spreadsheets: comma-separated values with a header row'"
complete -c partners -n "__fish_partners_using_subcommand completions" -l color -d 'Colour: auto, always or never (NO_COLOR is heeded)' -r -f -a "auto\t'On a terminal that can, unless `NO_COLOR` is set'
always\t'Even when piped'
never\t'Not at all'"
complete -c partners -n "__fish_partners_using_subcommand completions" -l actor -d 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]' -r
complete -c partners -n "__fish_partners_using_subcommand completions" -l wait -d 'Wait so long for another partners to let go of the database [default: 5]' -r
complete -c partners -n "__fish_partners_using_subcommand completions" -l json -d 'Answer with one JSON object (short for --format json)'
complete -c partners -n "__fish_partners_using_subcommand completions" -s q -l quiet -d 'Say nothing about routine success'
complete -c partners -n "__fish_partners_using_subcommand completions" -s v -l verbose -d 'Say more about what is being done'
complete -c partners -n "__fish_partners_using_subcommand completions" -l yes -d 'Consent to what would be asked; paying needs --expect-total as well'
complete -c partners -n "__fish_partners_using_subcommand completions" -s h -l help -d 'Print help'
complete -c partners -n "__fish_partners_using_subcommand man" -l db -d 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]' -r -F
complete -c partners -n "__fish_partners_using_subcommand man" -l format -d 'Answer as table, json or csv' -r -f -a "table\t'For people: tables and sentences'
json\t'For scripts: one JSON object'
csv\t'For spreadsheets: comma-separated values with a header row'"
complete -c partners -n "__fish_partners_using_subcommand man" -l color -d 'Colour: auto, always or never (NO_COLOR is heeded)' -r -f -a "auto\t'On a terminal that can, unless `NO_COLOR` is set'
always\t'Even when piped'
never\t'Not at all'"
complete -c partners -n "__fish_partners_using_subcommand man" -l actor -d 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]' -r
complete -c partners -n "__fish_partners_using_subcommand man" -l wait -d 'Wait so long for another partners to let go of the database [default: 5]' -r
complete -c partners -n "__fish_partners_using_subcommand man" -l json -d 'Answer with one JSON object (short for --format json)'
complete -c partners -n "__fish_partners_using_subcommand man" -s q -l quiet -d 'Say nothing about routine success'
complete -c partners -n "__fish_partners_using_subcommand man" -s v -l verbose -d 'Say more about what is being done'
complete -c partners -n "__fish_partners_using_subcommand man" -l yes -d 'Consent to what would be asked; paying needs --expect-total as well'
complete -c partners -n "__fish_partners_using_subcommand man" -s h -l help -d 'Print help'
complete -c partners -n "__fish_partners_using_subcommand demo" -l db -d 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]' -r -F
complete -c partners -n "__fish_partners_using_subcommand demo" -l format -d 'Answer as table, json or csv' -r -f -a "table\t'For people: tables and sentences'
json\t'For scripts: one JSON object'
csv\t'For spreadsheets: comma-separated values with a header row'"
complete -c partners -n "__fish_partners_using_subcommand demo" -l color -d 'Colour: auto, always or never (NO_COLOR is heeded)' -r -f -a "auto\t'On a terminal that can, unless `NO_COLOR` is set'
always\t'Even when piped'
never\t'Not at all'"
complete -c partners -n "__fish_partners_using_subcommand demo" -l actor -d 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]' -r
complete -c partners -n "__fish_partners_using_subcommand demo" -l wait -d 'Wait so long for another partners to let go of the database [default: 5]' -r
complete -c partners -n "__fish_partners_using_subcommand demo" -l json -d 'Answer with one JSON object (short for --format json)'
complete -c partners -n "__fish_partners_using_subcommand demo" -s q -l quiet -d 'Say nothing about routine success'
complete -c partners -n "__fish_partners_using_subcommand demo" -s v -l verbose -d 'Say more about what is being done'
complete -c partners -n "__fish_partners_using_subcommand demo" -l yes -d 'Consent to what would be asked; paying needs --expect-total as well'
complete -c partners -n "__fish_partners_using_subcommand demo" -s h -l help -d 'Print help'
complete -c partners -n "__fish_partners_using_subcommand help; and not __fish_seen_subcommand_from init import profile attribute preview why lookup validate statement report payout partner paypal tax link adjust account charge note policy check audit backup restore doctor completions man demo help" -f -a "init" -d 'Make the database, readable by nobody else; a second call changes nothing'
complete -c partners -n "__fish_partners_using_subcommand help; and not __fish_seen_subcommand_from init import profile attribute preview why lookup validate statement report payout partner paypal tax link adjust account charge note policy check audit backup restore doctor completions man demo help" -f -a "import" -d 'Take CSV files in: new rows are kept, known ones are seen, bad ones are set aside'
complete -c partners -n "__fish_partners_using_subcommand help; and not __fish_seen_subcommand_from init import profile attribute preview why lookup validate statement report payout partner paypal tax link adjust account charge note policy check audit backup restore doctor completions man demo help" -f -a "profile" -d 'See how other systems\' billing exports are read, and try a profile of your own'
complete -c partners -n "__fish_partners_using_subcommand help; and not __fish_seen_subcommand_from init import profile attribute preview why lookup validate statement report payout partner paypal tax link adjust account charge note policy check audit backup restore doctor completions man demo help" -f -a "attribute" -d 'Tie accounts to the partners who referred them, by evidence or by decision'
complete -c partners -n "__fish_partners_using_subcommand help; and not __fish_seen_subcommand_from init import profile attribute preview why lookup validate statement report payout partner paypal tax link adjust account charge note policy check audit backup restore doctor completions man demo help" -f -a "preview" -d 'Show what a run would pay, whom it would leave out, and what would lapse'
complete -c partners -n "__fish_partners_using_subcommand help; and not __fish_seen_subcommand_from init import profile attribute preview why lookup validate statement report payout partner paypal tax link adjust account charge note policy check audit backup restore doctor completions man demo help" -f -a "why" -d 'Explain when one partner is paid and why not yet: every gate and charge, and the day on which each changes'
complete -c partners -n "__fish_partners_using_subcommand help; and not __fish_seen_subcommand_from init import profile attribute preview why lookup validate statement report payout partner paypal tax link adjust account charge note policy check audit backup restore doctor completions man demo help" -f -a "lookup" -d 'Find anybody by whatever name a caller gives: who referred them, what their charges earned, or why nothing'
complete -c partners -n "__fish_partners_using_subcommand help; and not __fish_seen_subcommand_from init import profile attribute preview why lookup validate statement report payout partner paypal tax link adjust account charge note policy check audit backup restore doctor completions man demo help" -f -a "validate" -d 'List everybody with money counting who could not be paid, and what would help'
complete -c partners -n "__fish_partners_using_subcommand help; and not __fish_seen_subcommand_from init import profile attribute preview why lookup validate statement report payout partner paypal tax link adjust account charge note policy check audit backup restore doctor completions man demo help" -f -a "statement" -d 'Account for one partner\'s balance, line by line, tied to the runs'
complete -c partners -n "__fish_partners_using_subcommand help; and not __fish_seen_subcommand_from init import profile attribute preview why lookup validate statement report payout partner paypal tax link adjust account charge note policy check audit backup restore doctor completions man demo help" -f -a "report" -d 'Add the books up for the month\'s end'
complete -c partners -n "__fish_partners_using_subcommand help; and not __fish_seen_subcommand_from init import profile attribute preview why lookup validate statement report payout partner paypal tax link adjust account charge note policy check audit backup restore doctor completions man demo help" -f -a "payout" -d 'Create, approve and send a payday\'s payments, and record what became of them'
complete -c partners -n "__fish_partners_using_subcommand help; and not __fish_seen_subcommand_from init import profile attribute preview why lookup validate statement report payout partner paypal tax link adjust account charge note policy check audit backup restore doctor completions man demo help" -f -a "partner" -d 'Add, change and show partners'
complete -c partners -n "__fish_partners_using_subcommand help; and not __fish_seen_subcommand_from init import profile attribute preview why lookup validate statement report payout partner paypal tax link adjust account charge note policy check audit backup restore doctor completions man demo help" -f -a "paypal" -d 'Enter, confirm and share the addresses that PayPal pays to'
complete -c partners -n "__fish_partners_using_subcommand help; and not __fish_seen_subcommand_from init import profile attribute preview why lookup validate statement report payout partner paypal tax link adjust account charge note policy check audit backup restore doctor completions man demo help" -f -a "tax" -d 'Record tax paperwork and decide on it'
complete -c partners -n "__fish_partners_using_subcommand help; and not __fish_seen_subcommand_from init import profile attribute preview why lookup validate statement report payout partner paypal tax link adjust account charge note policy check audit backup restore doctor completions man demo help" -f -a "link" -d 'Add, claim and list referral links'
complete -c partners -n "__fish_partners_using_subcommand help; and not __fish_seen_subcommand_from init import profile attribute preview why lookup validate statement report payout partner paypal tax link adjust account charge note policy check audit backup restore doctor completions man demo help" -f -a "adjust" -d 'Add an amount to a partner\'s balance, or take one off, outside any charge'
complete -c partners -n "__fish_partners_using_subcommand help; and not __fish_seen_subcommand_from init import profile attribute preview why lookup validate statement report payout partner paypal tax link adjust account charge note policy check audit backup restore doctor completions man demo help" -f -a "account" -d 'Show and correct customers\' accounts'
complete -c partners -n "__fish_partners_using_subcommand help; and not __fish_seen_subcommand_from init import profile attribute preview why lookup validate statement report payout partner paypal tax link adjust account charge note policy check audit backup restore doctor completions man demo help" -f -a "charge" -d 'Show charges, and decide those that billing left open'
complete -c partners -n "__fish_partners_using_subcommand help; and not __fish_seen_subcommand_from init import profile attribute preview why lookup validate statement report payout partner paypal tax link adjust account charge note policy check audit backup restore doctor completions man demo help" -f -a "note" -d 'Keep remarks on partners, accounts, charges and runs'
complete -c partners -n "__fish_partners_using_subcommand help; and not __fish_seen_subcommand_from init import profile attribute preview why lookup validate statement report payout partner paypal tax link adjust account charge note policy check audit backup restore doctor completions man demo help" -f -a "policy" -d 'Show or change the rate, the minimum and the other numbers of the programme'
complete -c partners -n "__fish_partners_using_subcommand help; and not __fish_seen_subcommand_from init import profile attribute preview why lookup validate statement report payout partner paypal tax link adjust account charge note policy check audit backup restore doctor completions man demo help" -f -a "check" -d 'Prove that every cent is in exactly one place; silent when all is well'
complete -c partners -n "__fish_partners_using_subcommand help; and not __fish_seen_subcommand_from init import profile attribute preview why lookup validate statement report payout partner paypal tax link adjust account charge note policy check audit backup restore doctor completions man demo help" -f -a "audit" -d 'Read and verify the trail of who changed what, when and why'
complete -c partners -n "__fish_partners_using_subcommand help; and not __fish_seen_subcommand_from init import profile attribute preview why lookup validate statement report payout partner paypal tax link adjust account charge note policy check audit backup restore doctor completions man demo help" -f -a "backup" -d 'Copy the whole database, verified, beside whoever is writing'
complete -c partners -n "__fish_partners_using_subcommand help; and not __fish_seen_subcommand_from init import profile attribute preview why lookup validate statement report payout partner paypal tax link adjust account charge note policy check audit backup restore doctor completions man demo help" -f -a "restore" -d 'Put a backup in the place of the database, which is moved aside; no money leaves until it is reconciled'
complete -c partners -n "__fish_partners_using_subcommand help; and not __fish_seen_subcommand_from init import profile attribute preview why lookup validate statement report payout partner paypal tax link adjust account charge note policy check audit backup restore doctor completions man demo help" -f -a "doctor" -d 'Look at the set-up: files, disk, clock, backups, runs left open; silent when all is well'
complete -c partners -n "__fish_partners_using_subcommand help; and not __fish_seen_subcommand_from init import profile attribute preview why lookup validate statement report payout partner paypal tax link adjust account charge note policy check audit backup restore doctor completions man demo help" -f -a "completions" -d 'Print the completion script of a shell'
complete -c partners -n "__fish_partners_using_subcommand help; and not __fish_seen_subcommand_from init import profile attribute preview why lookup validate statement report payout partner paypal tax link adjust account charge note policy check audit backup restore doctor completions man demo help" -f -a "man" -d 'Write the manual, one page for each command'
complete -c partners -n "__fish_partners_using_subcommand help; and not __fish_seen_subcommand_from init import profile attribute preview why lookup validate statement report payout partner paypal tax link adjust account charge note policy check audit backup restore doctor completions man demo help" -f -a "demo" -d 'Play a complete month in a scratch directory, with every step told'
complete -c partners -n "__fish_partners_using_subcommand help; and not __fish_seen_subcommand_from init import profile attribute preview why lookup validate statement report payout partner paypal tax link adjust account charge note policy check audit backup restore doctor completions man demo help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c partners -n "__fish_partners_using_subcommand help; and __fish_seen_subcommand_from profile" -f -a "list" -d 'List the built-in profiles'
complete -c partners -n "__fish_partners_using_subcommand help; and __fish_seen_subcommand_from profile" -f -a "show" -d 'Print a profile as it stands, to copy and change'
complete -c partners -n "__fish_partners_using_subcommand help; and __fish_seen_subcommand_from profile" -f -a "check" -d 'Show what a profile makes of a file, and import nothing'
complete -c partners -n "__fish_partners_using_subcommand help; and __fish_seen_subcommand_from report" -f -a "liability" -d 'Add up what is owed, by how near it is to being paid, per partner and in all'
complete -c partners -n "__fish_partners_using_subcommand help; and __fish_seen_subcommand_from report" -f -a "undecided" -d 'List what earns nothing until somebody decides: lines of no kind, and refunds whose charge never came'
complete -c partners -n "__fish_partners_using_subcommand help; and __fish_seen_subcommand_from payout" -f -a "create" -d 'Take what the preview shows as payable into a new run'
complete -c partners -n "__fish_partners_using_subcommand help; and __fish_seen_subcommand_from payout" -f -a "approve" -d 'Approve a draft, by typing its total'
complete -c partners -n "__fish_partners_using_subcommand help; and __fish_seen_subcommand_from payout" -f -a "file" -d 'Write the file that is uploaded to PayPal'
complete -c partners -n "__fish_partners_using_subcommand help; and __fish_seen_subcommand_from payout" -f -a "show" -d 'Show a run: its payments, their charges, its state, and the next command'
complete -c partners -n "__fish_partners_using_subcommand help; and __fish_seen_subcommand_from payout" -f -a "list" -d 'List all runs, newest first'
complete -c partners -n "__fish_partners_using_subcommand help; and __fish_seen_subcommand_from payout" -f -a "cancel" -d 'Give a run up; its money goes back to the balances'
complete -c partners -n "__fish_partners_using_subcommand help; and __fish_seen_subcommand_from payout" -f -a "settle" -d 'Record what became of the payments of a run that left by file'
complete -c partners -n "__fish_partners_using_subcommand help; and __fish_seen_subcommand_from payout" -f -a "record" -d 'Record money that was paid outside PayPal, by cheque or wire; it settles the oldest money first'
complete -c partners -n "__fish_partners_using_subcommand help; and __fish_seen_subcommand_from payout" -f -a "submit" -d 'Send an approved run through PayPal\'s API, by typing its total'
complete -c partners -n "__fish_partners_using_subcommand help; and __fish_seen_subcommand_from payout" -f -a "resume" -d 'Find out what became of a submission whose answer did not come'
complete -c partners -n "__fish_partners_using_subcommand help; and __fish_seen_subcommand_from payout" -f -a "sync" -d 'Ask PayPal what became of every payment'
complete -c partners -n "__fish_partners_using_subcommand help; and __fish_seen_subcommand_from payout" -f -a "cancel-item" -d 'Have PayPal send an unclaimed payment back'
complete -c partners -n "__fish_partners_using_subcommand help; and __fish_seen_subcommand_from payout" -f -a "reconcile" -d 'Settle a run that left by file from the report that PayPal lets you download'
complete -c partners -n "__fish_partners_using_subcommand help; and __fish_seen_subcommand_from partner" -f -a "add" -d 'Add a partner'
complete -c partners -n "__fish_partners_using_subcommand help; and __fish_seen_subcommand_from partner" -f -a "edit" -d 'Change what is known of a partner; what no flag names stays'
complete -c partners -n "__fish_partners_using_subcommand help; and __fish_seen_subcommand_from partner" -f -a "show" -d 'Show what is on file about a partner: record, referrals, links, addresses, notes'
complete -c partners -n "__fish_partners_using_subcommand help; and __fish_seen_subcommand_from partner" -f -a "list" -d 'List partners, with what keeps each from being paid'
complete -c partners -n "__fish_partners_using_subcommand help; and __fish_seen_subcommand_from partner" -f -a "release" -d 'Let a partner be paid again after a payment was refunded, reversed or blocked (R6.7)'
complete -c partners -n "__fish_partners_using_subcommand help; and __fish_seen_subcommand_from paypal" -f -a "set" -d 'Enter a partner\'s PayPal address'
complete -c partners -n "__fish_partners_using_subcommand help; and __fish_seen_subcommand_from paypal" -f -a "confirm" -d 'Affirm that the address on file is right, though PayPal refused it'
complete -c partners -n "__fish_partners_using_subcommand help; and __fish_seen_subcommand_from paypal" -f -a "allow-shared" -d 'Let two partners be paid to the same address (R6.5)'
complete -c partners -n "__fish_partners_using_subcommand help; and __fish_seen_subcommand_from tax" -f -a "set" -d 'Record the form that has come'
complete -c partners -n "__fish_partners_using_subcommand help; and __fish_seen_subcommand_from tax" -f -a "approve" -d 'Approve the form that has come'
complete -c partners -n "__fish_partners_using_subcommand help; and __fish_seen_subcommand_from tax" -f -a "reject" -d 'Turn the form down'
complete -c partners -n "__fish_partners_using_subcommand help; and __fish_seen_subcommand_from link" -f -a "add" -d 'Add a link, for a partner or for somebody who is none yet'
complete -c partners -n "__fish_partners_using_subcommand help; and __fish_seen_subcommand_from link" -f -a "claim" -d 'Give a partner a link that nobody has claimed, and all that came through it'
complete -c partners -n "__fish_partners_using_subcommand help; and __fish_seen_subcommand_from link" -f -a "list" -d 'List links, and what those nobody has claimed would have earned'
complete -c partners -n "__fish_partners_using_subcommand help; and __fish_seen_subcommand_from account" -f -a "show" -d 'Show what is on file about an account, who referred it, and what staff corrected'
complete -c partners -n "__fish_partners_using_subcommand help; and __fish_seen_subcommand_from account" -f -a "edit" -d 'Correct an account; it holds until a file says something new'
complete -c partners -n "__fish_partners_using_subcommand help; and __fish_seen_subcommand_from charge" -f -a "show" -d 'Show what billing and staff say of a charge'
complete -c partners -n "__fish_partners_using_subcommand help; and __fish_seen_subcommand_from charge" -f -a "resolve" -d 'Decide what became of a charge in collections; it holds until billing says something else (R3.4)'
complete -c partners -n "__fish_partners_using_subcommand help; and __fish_seen_subcommand_from note" -f -a "add" -d 'Keep a remark; never a tax number (R8)'
complete -c partners -n "__fish_partners_using_subcommand help; and __fish_seen_subcommand_from note" -f -a "list" -d 'List remarks, oldest first'
complete -c partners -n "__fish_partners_using_subcommand help; and __fish_seen_subcommand_from policy" -f -a "show" -d 'Show every setting and since when it holds'
complete -c partners -n "__fish_partners_using_subcommand help; and __fish_seen_subcommand_from policy" -f -a "set" -d 'Change one setting from a day on'
complete -c partners -n "__fish_partners_using_subcommand help; and __fish_seen_subcommand_from audit" -f -a "log" -d 'List changes, newest last'
complete -c partners -n "__fish_partners_using_subcommand help; and __fish_seen_subcommand_from audit" -f -a "verify" -d 'Recompute every hash and name the first row that is not as it was written'
