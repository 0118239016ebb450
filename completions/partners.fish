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
complete -c partners -n "__fish_partners_needs_command" -f -a "completions" -d 'Print the completion script of a shell'
complete -c partners -n "__fish_partners_needs_command" -f -a "man" -d 'Write the manual, one page for each command'
complete -c partners -n "__fish_partners_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
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
complete -c partners -n "__fish_partners_using_subcommand help; and not __fish_seen_subcommand_from completions man help" -f -a "completions" -d 'Print the completion script of a shell'
complete -c partners -n "__fish_partners_using_subcommand help; and not __fish_seen_subcommand_from completions man help" -f -a "man" -d 'Write the manual, one page for each command'
complete -c partners -n "__fish_partners_using_subcommand help; and not __fish_seen_subcommand_from completions man help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
