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
complete -c partners -n "__fish_partners_needs_command" -f -a "attribute" -d 'Tie accounts to the partners who referred them, by evidence or by decision'
complete -c partners -n "__fish_partners_needs_command" -f -a "preview" -d 'Show what a run would pay, whom it would leave out, and what would lapse'
complete -c partners -n "__fish_partners_needs_command" -f -a "why" -d 'Explain one partner: every gate, every charge, and the day on which each changes'
complete -c partners -n "__fish_partners_needs_command" -f -a "payout" -d 'Create, approve and send a payday\'s payments, and record what became of them'
complete -c partners -n "__fish_partners_needs_command" -f -a "completions" -d 'Print the completion script of a shell'
complete -c partners -n "__fish_partners_needs_command" -f -a "man" -d 'Write the manual, one page for each command'
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
complete -c partners -n "__fish_partners_using_subcommand why" -l json -d 'Answer with one JSON object (short for --format json)'
complete -c partners -n "__fish_partners_using_subcommand why" -s q -l quiet -d 'Say nothing about routine success'
complete -c partners -n "__fish_partners_using_subcommand why" -s v -l verbose -d 'Say more about what is being done'
complete -c partners -n "__fish_partners_using_subcommand why" -l yes -d 'Consent to what would be asked; paying needs --expect-total as well'
complete -c partners -n "__fish_partners_using_subcommand why" -s h -l help -d 'Print help'
complete -c partners -n "__fish_partners_using_subcommand payout; and not __fish_seen_subcommand_from create approve file show list cancel settle help" -l db -d 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]' -r -F
complete -c partners -n "__fish_partners_using_subcommand payout; and not __fish_seen_subcommand_from create approve file show list cancel settle help" -l format -d 'Answer as table, json or csv' -r -f -a "table\t'For people: tables and sentences'
json\t'For scripts: one JSON object'
csv\t'For spreadsheets: comma-separated values with a header row'"
complete -c partners -n "__fish_partners_using_subcommand payout; and not __fish_seen_subcommand_from create approve file show list cancel settle help" -l color -d 'Colour: auto, always or never (NO_COLOR is heeded)' -r -f -a "auto\t'On a terminal that can, unless `NO_COLOR` is set'
always\t'Even when piped'
never\t'Not at all'"
complete -c partners -n "__fish_partners_using_subcommand payout; and not __fish_seen_subcommand_from create approve file show list cancel settle help" -l actor -d 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]' -r
complete -c partners -n "__fish_partners_using_subcommand payout; and not __fish_seen_subcommand_from create approve file show list cancel settle help" -l wait -d 'Wait so long for another partners to let go of the database [default: 5]' -r
complete -c partners -n "__fish_partners_using_subcommand payout; and not __fish_seen_subcommand_from create approve file show list cancel settle help" -l json -d 'Answer with one JSON object (short for --format json)'
complete -c partners -n "__fish_partners_using_subcommand payout; and not __fish_seen_subcommand_from create approve file show list cancel settle help" -s q -l quiet -d 'Say nothing about routine success'
complete -c partners -n "__fish_partners_using_subcommand payout; and not __fish_seen_subcommand_from create approve file show list cancel settle help" -s v -l verbose -d 'Say more about what is being done'
complete -c partners -n "__fish_partners_using_subcommand payout; and not __fish_seen_subcommand_from create approve file show list cancel settle help" -l yes -d 'Consent to what would be asked; paying needs --expect-total as well'
complete -c partners -n "__fish_partners_using_subcommand payout; and not __fish_seen_subcommand_from create approve file show list cancel settle help" -s h -l help -d 'Print help'
complete -c partners -n "__fish_partners_using_subcommand payout; and not __fish_seen_subcommand_from create approve file show list cancel settle help" -f -a "create" -d 'Take what the preview shows as payable into a new run'
complete -c partners -n "__fish_partners_using_subcommand payout; and not __fish_seen_subcommand_from create approve file show list cancel settle help" -f -a "approve" -d 'Approve a draft, by typing its total'
complete -c partners -n "__fish_partners_using_subcommand payout; and not __fish_seen_subcommand_from create approve file show list cancel settle help" -f -a "file" -d 'Write the file that is uploaded to PayPal'
complete -c partners -n "__fish_partners_using_subcommand payout; and not __fish_seen_subcommand_from create approve file show list cancel settle help" -f -a "show" -d 'Show a run: its payments, their charges, its state, and the next command'
complete -c partners -n "__fish_partners_using_subcommand payout; and not __fish_seen_subcommand_from create approve file show list cancel settle help" -f -a "list" -d 'List all runs, newest first'
complete -c partners -n "__fish_partners_using_subcommand payout; and not __fish_seen_subcommand_from create approve file show list cancel settle help" -f -a "cancel" -d 'Give a run up; its money goes back to the balances'
complete -c partners -n "__fish_partners_using_subcommand payout; and not __fish_seen_subcommand_from create approve file show list cancel settle help" -f -a "settle" -d 'Record what became of the payments of a run that left by file'
complete -c partners -n "__fish_partners_using_subcommand payout; and not __fish_seen_subcommand_from create approve file show list cancel settle help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
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
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from help" -f -a "create" -d 'Take what the preview shows as payable into a new run'
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from help" -f -a "approve" -d 'Approve a draft, by typing its total'
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from help" -f -a "file" -d 'Write the file that is uploaded to PayPal'
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from help" -f -a "show" -d 'Show a run: its payments, their charges, its state, and the next command'
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from help" -f -a "list" -d 'List all runs, newest first'
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from help" -f -a "cancel" -d 'Give a run up; its money goes back to the balances'
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from help" -f -a "settle" -d 'Record what became of the payments of a run that left by file'
complete -c partners -n "__fish_partners_using_subcommand payout; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
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
complete -c partners -n "__fish_partners_using_subcommand help; and not __fish_seen_subcommand_from init attribute preview why payout completions man help" -f -a "init" -d 'Make the database, readable by nobody else; a second call changes nothing'
complete -c partners -n "__fish_partners_using_subcommand help; and not __fish_seen_subcommand_from init attribute preview why payout completions man help" -f -a "attribute" -d 'Tie accounts to the partners who referred them, by evidence or by decision'
complete -c partners -n "__fish_partners_using_subcommand help; and not __fish_seen_subcommand_from init attribute preview why payout completions man help" -f -a "preview" -d 'Show what a run would pay, whom it would leave out, and what would lapse'
complete -c partners -n "__fish_partners_using_subcommand help; and not __fish_seen_subcommand_from init attribute preview why payout completions man help" -f -a "why" -d 'Explain one partner: every gate, every charge, and the day on which each changes'
complete -c partners -n "__fish_partners_using_subcommand help; and not __fish_seen_subcommand_from init attribute preview why payout completions man help" -f -a "payout" -d 'Create, approve and send a payday\'s payments, and record what became of them'
complete -c partners -n "__fish_partners_using_subcommand help; and not __fish_seen_subcommand_from init attribute preview why payout completions man help" -f -a "completions" -d 'Print the completion script of a shell'
complete -c partners -n "__fish_partners_using_subcommand help; and not __fish_seen_subcommand_from init attribute preview why payout completions man help" -f -a "man" -d 'Write the manual, one page for each command'
complete -c partners -n "__fish_partners_using_subcommand help; and not __fish_seen_subcommand_from init attribute preview why payout completions man help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c partners -n "__fish_partners_using_subcommand help; and __fish_seen_subcommand_from payout" -f -a "create" -d 'Take what the preview shows as payable into a new run'
complete -c partners -n "__fish_partners_using_subcommand help; and __fish_seen_subcommand_from payout" -f -a "approve" -d 'Approve a draft, by typing its total'
complete -c partners -n "__fish_partners_using_subcommand help; and __fish_seen_subcommand_from payout" -f -a "file" -d 'Write the file that is uploaded to PayPal'
complete -c partners -n "__fish_partners_using_subcommand help; and __fish_seen_subcommand_from payout" -f -a "show" -d 'Show a run: its payments, their charges, its state, and the next command'
complete -c partners -n "__fish_partners_using_subcommand help; and __fish_seen_subcommand_from payout" -f -a "list" -d 'List all runs, newest first'
complete -c partners -n "__fish_partners_using_subcommand help; and __fish_seen_subcommand_from payout" -f -a "cancel" -d 'Give a run up; its money goes back to the balances'
complete -c partners -n "__fish_partners_using_subcommand help; and __fish_seen_subcommand_from payout" -f -a "settle" -d 'Record what became of the payments of a run that left by file'
