
using namespace System.Management.Automation
using namespace System.Management.Automation.Language

Register-ArgumentCompleter -Native -CommandName 'partners' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    $commandElements = $commandAst.CommandElements
    $command = @(
        'partners'
        for ($i = 1; $i -lt $commandElements.Count; $i++) {
            $element = $commandElements[$i]
            if ($element -isnot [StringConstantExpressionAst] -or
                $element.StringConstantType -ne [StringConstantType]::BareWord -or
                $element.Value.StartsWith('-') -or
                $element.Value -eq $wordToComplete) {
                break
        }
        $element.Value
    }) -join ';'

    $completions = @(switch ($command) {
        'partners' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Answer as table, json or csv')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour: auto, always or never (NO_COLOR is heeded)')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'Wait so long for another partners to let go of the database [default: 5]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Answer with one JSON object (short for --format json)')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Consent to what would be asked; paying needs --expect-total as well')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('init', 'init', [CompletionResultType]::ParameterValue, 'Make the database, readable by nobody else; a second call changes nothing')
            [CompletionResult]::new('import', 'import', [CompletionResultType]::ParameterValue, 'Take CSV files in: new rows are kept, known ones are seen, bad ones are set aside')
            [CompletionResult]::new('profile', 'profile', [CompletionResultType]::ParameterValue, 'See how other systems'' billing exports are read, and try a profile of your own')
            [CompletionResult]::new('attribute', 'attribute', [CompletionResultType]::ParameterValue, 'Tie accounts to the partners who referred them, by evidence or by decision')
            [CompletionResult]::new('preview', 'preview', [CompletionResultType]::ParameterValue, 'Show what a run would pay, whom it would leave out, and what would lapse')
            [CompletionResult]::new('why', 'why', [CompletionResultType]::ParameterValue, 'Explain when one partner is paid and why not yet: every gate and charge, and the day on which each changes')
            [CompletionResult]::new('lookup', 'lookup', [CompletionResultType]::ParameterValue, 'Find anybody by whatever name a caller gives: who referred them, what their charges earned, or why nothing')
            [CompletionResult]::new('validate', 'validate', [CompletionResultType]::ParameterValue, 'List everybody with money counting who could not be paid, and what would help')
            [CompletionResult]::new('statement', 'statement', [CompletionResultType]::ParameterValue, 'Account for one partner''s balance, line by line, tied to the runs')
            [CompletionResult]::new('report', 'report', [CompletionResultType]::ParameterValue, 'Add the books up for the month''s end')
            [CompletionResult]::new('payout', 'payout', [CompletionResultType]::ParameterValue, 'Create, approve and send a payday''s payments, and record what became of them')
            [CompletionResult]::new('partner', 'partner', [CompletionResultType]::ParameterValue, 'Add, change and show partners')
            [CompletionResult]::new('paypal', 'paypal', [CompletionResultType]::ParameterValue, 'Enter, confirm and share the addresses that PayPal pays to')
            [CompletionResult]::new('tax', 'tax', [CompletionResultType]::ParameterValue, 'Record tax paperwork and decide on it')
            [CompletionResult]::new('link', 'link', [CompletionResultType]::ParameterValue, 'Add, claim and list referral links')
            [CompletionResult]::new('adjust', 'adjust', [CompletionResultType]::ParameterValue, 'Add an amount to a partner''s balance, or take one off, outside any charge')
            [CompletionResult]::new('account', 'account', [CompletionResultType]::ParameterValue, 'Show and correct customers'' accounts')
            [CompletionResult]::new('charge', 'charge', [CompletionResultType]::ParameterValue, 'Show charges, and decide those that billing left open')
            [CompletionResult]::new('note', 'note', [CompletionResultType]::ParameterValue, 'Keep remarks on partners, accounts, charges and runs')
            [CompletionResult]::new('policy', 'policy', [CompletionResultType]::ParameterValue, 'Show or change the rate, the minimum and the other numbers of the programme')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Prove that every cent is in exactly one place; silent when all is well')
            [CompletionResult]::new('audit', 'audit', [CompletionResultType]::ParameterValue, 'Read and verify the trail of who changed what, when and why')
            [CompletionResult]::new('backup', 'backup', [CompletionResultType]::ParameterValue, 'Copy the whole database, verified, beside whoever is writing')
            [CompletionResult]::new('restore', 'restore', [CompletionResultType]::ParameterValue, 'Put a backup in the place of the database, which is moved aside; no money leaves until it is reconciled')
            [CompletionResult]::new('doctor', 'doctor', [CompletionResultType]::ParameterValue, 'Look at the set-up: files, disk, clock, backups, runs left open; silent when all is well')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print the completion script of a shell')
            [CompletionResult]::new('man', 'man', [CompletionResultType]::ParameterValue, 'Write the manual, one page for each command')
            [CompletionResult]::new('demo', 'demo', [CompletionResultType]::ParameterValue, 'Play a complete month in a scratch directory, with every step told')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'partners;init' {
            [CompletionResult]::new('--timezone', '--timezone', [CompletionResultType]::ParameterName, 'Reckon dates in this time zone (R1.1) [default: UTC]')
            [CompletionResult]::new('--currency', '--currency', [CompletionResultType]::ParameterName, 'Pay in this currency, which never changes [default: USD]')
            [CompletionResult]::new('--group', '--group', [CompletionResultType]::ParameterName, 'Share the database with a group: mode 0660 in a folder of mode 2770')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Answer as table, json or csv')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour: auto, always or never (NO_COLOR is heeded)')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'Wait so long for another partners to let go of the database [default: 5]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Answer with one JSON object (short for --format json)')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Consent to what would be asked; paying needs --expect-total as well')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'partners;import' {
            [CompletionResult]::new('--rejects', '--rejects', [CompletionResultType]::ParameterName, 'Write the rows that were set aside to FILE, each with its reason; an earlier such file is added to, and nothing else is replaced')
            [CompletionResult]::new('--expect-rows', '--expect-rows', [CompletionResultType]::ParameterName, 'Refuse the files unless they hold N rows together, set aside or passed over or not')
            [CompletionResult]::new('--expect-total', '--expect-total', [CompletionResultType]::ParameterName, 'Refuse the files unless their amounts sum to A, of every row that is a charge and whose amount can be read')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Translate another system''s columns by a profile, by its name or its file')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Answer as table, json or csv')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour: auto, always or never (NO_COLOR is heeded)')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'Wait so long for another partners to let go of the database [default: 5]')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Say what would change, and change nothing')
            [CompletionResult]::new('--strict', '--strict', [CompletionResultType]::ParameterName, 'Take a file only if every row of it is good')
            [CompletionResult]::new('--accept-reversals', '--accept-reversals', [CompletionResultType]::ParameterName, 'Take rows that undo a refund or a chargeback, so that more is owed, and rows in test mode whose charge was taken for real; files with rows set aside are read again')
            [CompletionResult]::new('--again', '--again', [CompletionResultType]::ParameterName, 'Read files again whose very bytes were imported before')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Answer with one JSON object (short for --format json)')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Consent to what would be asked; paying needs --expect-total as well')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'partners;profile' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Answer as table, json or csv')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour: auto, always or never (NO_COLOR is heeded)')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'Wait so long for another partners to let go of the database [default: 5]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Answer with one JSON object (short for --format json)')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Consent to what would be asked; paying needs --expect-total as well')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the built-in profiles')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Print a profile as it stands, to copy and change')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Show what a profile makes of a file, and import nothing')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'partners;profile;list' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Answer as table, json or csv')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour: auto, always or never (NO_COLOR is heeded)')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'Wait so long for another partners to let go of the database [default: 5]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Answer with one JSON object (short for --format json)')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Consent to what would be asked; paying needs --expect-total as well')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'partners;profile;show' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Answer as table, json or csv')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour: auto, always or never (NO_COLOR is heeded)')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'Wait so long for another partners to let go of the database [default: 5]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Answer with one JSON object (short for --format json)')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Consent to what would be asked; paying needs --expect-total as well')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'partners;profile;check' {
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Read it by this profile, by its name or its file [default: the one that fits the header]')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Answer as table, json or csv')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour: auto, always or never (NO_COLOR is heeded)')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'Wait so long for another partners to let go of the database [default: 5]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Answer with one JSON object (short for --format json)')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Consent to what would be asked; paying needs --expect-total as well')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'partners;profile;help' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the built-in profiles')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Print a profile as it stands, to copy and change')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Show what a profile makes of a file, and import nothing')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'partners;profile;help;list' {
            break
        }
        'partners;profile;help;show' {
            break
        }
        'partners;profile;help;check' {
            break
        }
        'partners;profile;help;help' {
            break
        }
        'partners;attribute' {
            [CompletionResult]::new('--to', '--to', [CompletionResultType]::ParameterName, 'Assign it to this partner: id, link code or e-mail')
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Say why; it is kept in the audit trail')
            [CompletionResult]::new('--from', '--from', [CompletionResultType]::ParameterName, 'Move only the charges billed on or after this day (R4.4)')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Answer as table, json or csv')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour: auto, always or never (NO_COLOR is heeded)')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'Wait so long for another partners to let go of the database [default: 5]')
            [CompletionResult]::new('--from-opening', '--from-opening', [CompletionResultType]::ParameterName, 'Move all charges since the account''s opening (R4.4)')
            [CompletionResult]::new('--override-lock', '--override-lock', [CompletionResultType]::ParameterName, 'Assign though the account opened longer ago than the referral lock allows (R4.3)')
            [CompletionResult]::new('--override-referrer', '--override-referrer', [CompletionResultType]::ParameterName, 'Assign though another referrer is tracked already (R4.3)')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Say what would change, and change nothing')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Answer with one JSON object (short for --format json)')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Consent to what would be asked; paying needs --expect-total as well')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'partners;preview' {
            [CompletionResult]::new('--date', '--date', [CompletionResultType]::ParameterName, 'Date the run on this day [default: the next payday, today included]')
            [CompletionResult]::new('--partner', '--partner', [CompletionResultType]::ParameterName, 'Show only this partner: id, link code or e-mail')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Answer as table, json or csv')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour: auto, always or never (NO_COLOR is heeded)')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'Wait so long for another partners to let go of the database [default: 5]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Answer with one JSON object (short for --format json)')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Consent to what would be asked; paying needs --expect-total as well')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'partners;why' {
            [CompletionResult]::new('--date', '--date', [CompletionResultType]::ParameterName, 'Explain a run dated on this day [default: the next payday, today included]')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Answer as table, json or csv')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour: auto, always or never (NO_COLOR is heeded)')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'Wait so long for another partners to let go of the database [default: 5]')
            [CompletionResult]::new('--reply', '--reply', [CompletionResultType]::ParameterName, 'Write a short mail to the partner instead: plain, and only about their own money')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Answer with one JSON object (short for --format json)')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Consent to what would be asked; paying needs --expect-total as well')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'partners;lookup' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Answer as table, json or csv')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour: auto, always or never (NO_COLOR is heeded)')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'Wait so long for another partners to let go of the database [default: 5]')
            [CompletionResult]::new('--mask', '--mask', [CompletionResultType]::ParameterName, 'Show only the first letters of names and addresses, for a shared screen')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Answer with one JSON object (short for --format json)')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Consent to what would be asked; paying needs --expect-total as well')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'partners;validate' {
            [CompletionResult]::new('--only', '--only', [CompletionResultType]::ParameterName, 'Look at PayPal addresses or at tax paperwork alone')
            [CompletionResult]::new('--date', '--date', [CompletionResultType]::ParameterName, 'Validate for a run dated on this day [default: the next payday, today included]')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Answer as table, json or csv')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour: auto, always or never (NO_COLOR is heeded)')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'Wait so long for another partners to let go of the database [default: 5]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Answer with one JSON object (short for --format json)')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Consent to what would be asked; paying needs --expect-total as well')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'partners;statement' {
            [CompletionResult]::new('--from', '--from', [CompletionResultType]::ParameterName, 'Begin with this day [default: the beginning]')
            [CompletionResult]::new('--to', '--to', [CompletionResultType]::ParameterName, 'End with this day [default: today, or the latest run''s date where that is later]')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Answer as table, json or csv')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour: auto, always or never (NO_COLOR is heeded)')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'Wait so long for another partners to let go of the database [default: 5]')
            [CompletionResult]::new('--printable', '--printable', [CompletionResultType]::ParameterName, 'Write plain text of 80 columns, for paper')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Answer with one JSON object (short for --format json)')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Consent to what would be asked; paying needs --expect-total as well')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'partners;report' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Answer as table, json or csv')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour: auto, always or never (NO_COLOR is heeded)')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'Wait so long for another partners to let go of the database [default: 5]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Answer with one JSON object (short for --format json)')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Consent to what would be asked; paying needs --expect-total as well')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('liability', 'liability', [CompletionResultType]::ParameterValue, 'Add up what is owed, by how near it is to being paid, per partner and in all')
            [CompletionResult]::new('undecided', 'undecided', [CompletionResultType]::ParameterValue, 'List what earns nothing until somebody decides: lines of no kind, and refunds whose charge never came')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'partners;report;liability' {
            [CompletionResult]::new('--date', '--date', [CompletionResultType]::ParameterName, 'Add up as of this day [default: today]')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Answer as table, json or csv')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour: auto, always or never (NO_COLOR is heeded)')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'Wait so long for another partners to let go of the database [default: 5]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Answer with one JSON object (short for --format json)')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Consent to what would be asked; paying needs --expect-total as well')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'partners;report;undecided' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Answer as table, json or csv')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour: auto, always or never (NO_COLOR is heeded)')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'Wait so long for another partners to let go of the database [default: 5]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Answer with one JSON object (short for --format json)')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Consent to what would be asked; paying needs --expect-total as well')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'partners;report;help' {
            [CompletionResult]::new('liability', 'liability', [CompletionResultType]::ParameterValue, 'Add up what is owed, by how near it is to being paid, per partner and in all')
            [CompletionResult]::new('undecided', 'undecided', [CompletionResultType]::ParameterValue, 'List what earns nothing until somebody decides: lines of no kind, and refunds whose charge never came')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'partners;report;help;liability' {
            break
        }
        'partners;report;help;undecided' {
            break
        }
        'partners;report;help;help' {
            break
        }
        'partners;payout' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Answer as table, json or csv')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour: auto, always or never (NO_COLOR is heeded)')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'Wait so long for another partners to let go of the database [default: 5]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Answer with one JSON object (short for --format json)')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Consent to what would be asked; paying needs --expect-total as well')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('create', 'create', [CompletionResultType]::ParameterValue, 'Take what the preview shows as payable into a new run')
            [CompletionResult]::new('approve', 'approve', [CompletionResultType]::ParameterValue, 'Approve a draft, by typing its total')
            [CompletionResult]::new('file', 'file', [CompletionResultType]::ParameterValue, 'Write the file that is uploaded to PayPal')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show a run: its payments, their charges, its state, and the next command')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List all runs, newest first')
            [CompletionResult]::new('cancel', 'cancel', [CompletionResultType]::ParameterValue, 'Give a run up; its money goes back to the balances')
            [CompletionResult]::new('settle', 'settle', [CompletionResultType]::ParameterValue, 'Record what became of the payments of a run that left by file')
            [CompletionResult]::new('record', 'record', [CompletionResultType]::ParameterValue, 'Record money that was paid outside PayPal, by cheque or wire; it settles the oldest money first')
            [CompletionResult]::new('submit', 'submit', [CompletionResultType]::ParameterValue, 'Send an approved run through PayPal''s API, by typing its total')
            [CompletionResult]::new('resume', 'resume', [CompletionResultType]::ParameterValue, 'Find out what became of a submission whose answer did not come')
            [CompletionResult]::new('sync', 'sync', [CompletionResultType]::ParameterValue, 'Ask PayPal what became of every payment')
            [CompletionResult]::new('cancel-item', 'cancel-item', [CompletionResultType]::ParameterValue, 'Have PayPal send an unclaimed payment back')
            [CompletionResult]::new('reconcile', 'reconcile', [CompletionResultType]::ParameterValue, 'Settle a run that left by file from the report that PayPal lets you download')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'partners;payout;create' {
            [CompletionResult]::new('--date', '--date', [CompletionResultType]::ParameterName, 'Date the run on this day [default: the next payday, today included]')
            [CompletionResult]::new('--only', '--only', [CompletionResultType]::ParameterName, 'Pay only these partners: id, link code or e-mail')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Answer as table, json or csv')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour: auto, always or never (NO_COLOR is heeded)')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'Wait so long for another partners to let go of the database [default: 5]')
            [CompletionResult]::new('--off-cycle', '--off-cycle', [CompletionResultType]::ParameterName, 'Allow another day than the payday; such a run never writes anything off (R7.1)')
            [CompletionResult]::new('--replace', '--replace', [CompletionResultType]::ParameterName, 'Cancel the draft of that date and draft it again (R7.3)')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show the run that would be made, and make none')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Answer with one JSON object (short for --format json)')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Consent to what would be asked; paying needs --expect-total as well')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'partners;payout;approve' {
            [CompletionResult]::new('--expect-total', '--expect-total', [CompletionResultType]::ParameterName, 'Refuse unless this is the total, to the cent')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Answer as table, json or csv')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour: auto, always or never (NO_COLOR is heeded)')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'Wait so long for another partners to let go of the database [default: 5]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Answer with one JSON object (short for --format json)')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Consent to what would be asked; paying needs --expect-total as well')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'partners;payout;file' {
            [CompletionResult]::new('--out', '--out', [CompletionResultType]::ParameterName, 'Write to FILE, which must not exist; more than 5,000 payments go to FILE-1, FILE-2 and so on')
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Say why it is early; it is kept in the audit trail')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Answer as table, json or csv')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour: auto, always or never (NO_COLOR is heeded)')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'Wait so long for another partners to let go of the database [default: 5]')
            [CompletionResult]::new('--early', '--early', [CompletionResultType]::ParameterName, 'Write it before the run''s date (R7.1)')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Answer with one JSON object (short for --format json)')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Consent to what would be asked; paying needs --expect-total as well')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'partners;payout;show' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Answer as table, json or csv')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour: auto, always or never (NO_COLOR is heeded)')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'Wait so long for another partners to let go of the database [default: 5]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Answer with one JSON object (short for --format json)')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Consent to what would be asked; paying needs --expect-total as well')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'partners;payout;list' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Answer as table, json or csv')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour: auto, always or never (NO_COLOR is heeded)')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'Wait so long for another partners to let go of the database [default: 5]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Answer with one JSON object (short for --format json)')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Consent to what would be asked; paying needs --expect-total as well')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'partners;payout;cancel' {
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Say why; it is kept in the audit trail')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Answer as table, json or csv')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour: auto, always or never (NO_COLOR is heeded)')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'Wait so long for another partners to let go of the database [default: 5]')
            [CompletionResult]::new('--not-uploaded', '--not-uploaded', [CompletionResultType]::ParameterName, 'Affirm that its file never reached PayPal (R7.2)')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Answer with one JSON object (short for --format json)')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Consent to what would be asked; paying needs --expect-total as well')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'partners;payout;settle' {
            [CompletionResult]::new('--item', '--item', [CompletionResultType]::ParameterName, 'Record single outcomes: paid, unclaimed, returned, failed, blocked, refunded, reversed, cancelled')
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Say how you know; needed for a run that left through PayPal''s API, where only a payment whose word from PayPal cannot be applied is settled by hand')
            [CompletionResult]::new('--expect-total', '--expect-total', [CompletionResultType]::ParameterName, 'Refuse unless this is the total of what is settled by hand, to the cent')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Answer as table, json or csv')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour: auto, always or never (NO_COLOR is heeded)')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'Wait so long for another partners to let go of the database [default: 5]')
            [CompletionResult]::new('--all-paid', '--all-paid', [CompletionResultType]::ParameterName, 'Record every payment that has no outcome yet as paid')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Answer with one JSON object (short for --format json)')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Consent to what would be asked; paying needs --expect-total as well')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'partners;payout;record' {
            [CompletionResult]::new('--amount', '--amount', [CompletionResultType]::ParameterName, 'The amount that was paid; at most the balance')
            [CompletionResult]::new('--method', '--method', [CompletionResultType]::ParameterName, 'How it was paid: cheque, wire')
            [CompletionResult]::new('--reference', '--reference', [CompletionResultType]::ParameterName, 'The bank''s or the cheque''s reference; a second payment needs its own')
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Say why; it is kept in the audit trail')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Answer as table, json or csv')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour: auto, always or never (NO_COLOR is heeded)')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'Wait so long for another partners to let go of the database [default: 5]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Answer with one JSON object (short for --format json)')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Consent to what would be asked; paying needs --expect-total as well')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'partners;payout;submit' {
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Say why it is early; it is kept in the audit trail')
            [CompletionResult]::new('--expect-total', '--expect-total', [CompletionResultType]::ParameterName, 'Refuse unless this is the total, to the cent')
            [CompletionResult]::new('--part-size', '--part-size', [CompletionResultType]::ParameterName, 'Put so many payments in one batch at the run''s first submission, which is kept [default: 500]')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Answer as table, json or csv')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour: auto, always or never (NO_COLOR is heeded)')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'Wait so long for another partners to let go of the database [default: 5]')
            [CompletionResult]::new('--live', '--live', [CompletionResultType]::ParameterName, 'Pay for real; without it PayPal''s sandbox is asked, where no money moves')
            [CompletionResult]::new('--early', '--early', [CompletionResultType]::ParameterName, 'Send it before the run''s date (R7.1)')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Answer with one JSON object (short for --format json)')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Consent to what would be asked; paying needs --expect-total as well')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'partners;payout;resume' {
            [CompletionResult]::new('--batch', '--batch', [CompletionResultType]::ParameterName, 'Adopt the batch that PayPal has under this id, after comparing every payment in it')
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Say how you know; it is kept in the audit trail')
            [CompletionResult]::new('--expect-total', '--expect-total', [CompletionResultType]::ParameterName, 'Refuse unless this is the total of what was unknown, to the cent')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Answer as table, json or csv')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour: auto, always or never (NO_COLOR is heeded)')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'Wait so long for another partners to let go of the database [default: 5]')
            [CompletionResult]::new('--not-at-paypal', '--not-at-paypal', [CompletionResultType]::ParameterName, 'Affirm that PayPal does not have it; what was unknown can then be sent again under another id')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Answer with one JSON object (short for --format json)')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Consent to what would be asked; paying needs --expect-total as well')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'partners;payout;sync' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Answer as table, json or csv')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour: auto, always or never (NO_COLOR is heeded)')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'Wait so long for another partners to let go of the database [default: 5]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Answer with one JSON object (short for --format json)')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Consent to what would be asked; paying needs --expect-total as well')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'partners;payout;cancel-item' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Answer as table, json or csv')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour: auto, always or never (NO_COLOR is heeded)')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'Wait so long for another partners to let go of the database [default: 5]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Answer with one JSON object (short for --format json)')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Consent to what would be asked; paying needs --expect-total as well')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'partners;payout;reconcile' {
            [CompletionResult]::new('--report', '--report', [CompletionResultType]::ParameterName, 'Read PayPal''s report from FILE')
            [CompletionResult]::new('--map', '--map', [CompletionResultType]::ParameterName, 'Say which of the report''s columns is which: item, email, amount, currency, status, fee, net, transaction, payout_item, reason, type, date; nothing after the = says that there is none')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Answer as table, json or csv')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour: auto, always or never (NO_COLOR is heeded)')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'Wait so long for another partners to let go of the database [default: 5]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Answer with one JSON object (short for --format json)')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Consent to what would be asked; paying needs --expect-total as well')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'partners;payout;help' {
            [CompletionResult]::new('create', 'create', [CompletionResultType]::ParameterValue, 'Take what the preview shows as payable into a new run')
            [CompletionResult]::new('approve', 'approve', [CompletionResultType]::ParameterValue, 'Approve a draft, by typing its total')
            [CompletionResult]::new('file', 'file', [CompletionResultType]::ParameterValue, 'Write the file that is uploaded to PayPal')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show a run: its payments, their charges, its state, and the next command')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List all runs, newest first')
            [CompletionResult]::new('cancel', 'cancel', [CompletionResultType]::ParameterValue, 'Give a run up; its money goes back to the balances')
            [CompletionResult]::new('settle', 'settle', [CompletionResultType]::ParameterValue, 'Record what became of the payments of a run that left by file')
            [CompletionResult]::new('record', 'record', [CompletionResultType]::ParameterValue, 'Record money that was paid outside PayPal, by cheque or wire; it settles the oldest money first')
            [CompletionResult]::new('submit', 'submit', [CompletionResultType]::ParameterValue, 'Send an approved run through PayPal''s API, by typing its total')
            [CompletionResult]::new('resume', 'resume', [CompletionResultType]::ParameterValue, 'Find out what became of a submission whose answer did not come')
            [CompletionResult]::new('sync', 'sync', [CompletionResultType]::ParameterValue, 'Ask PayPal what became of every payment')
            [CompletionResult]::new('cancel-item', 'cancel-item', [CompletionResultType]::ParameterValue, 'Have PayPal send an unclaimed payment back')
            [CompletionResult]::new('reconcile', 'reconcile', [CompletionResultType]::ParameterValue, 'Settle a run that left by file from the report that PayPal lets you download')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'partners;payout;help;create' {
            break
        }
        'partners;payout;help;approve' {
            break
        }
        'partners;payout;help;file' {
            break
        }
        'partners;payout;help;show' {
            break
        }
        'partners;payout;help;list' {
            break
        }
        'partners;payout;help;cancel' {
            break
        }
        'partners;payout;help;settle' {
            break
        }
        'partners;payout;help;record' {
            break
        }
        'partners;payout;help;submit' {
            break
        }
        'partners;payout;help;resume' {
            break
        }
        'partners;payout;help;sync' {
            break
        }
        'partners;payout;help;cancel-item' {
            break
        }
        'partners;payout;help;reconcile' {
            break
        }
        'partners;payout;help;help' {
            break
        }
        'partners;partner' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Answer as table, json or csv')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour: auto, always or never (NO_COLOR is heeded)')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'Wait so long for another partners to let go of the database [default: 5]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Answer with one JSON object (short for --format json)')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Consent to what would be asked; paying needs --expect-total as well')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('add', 'add', [CompletionResultType]::ParameterValue, 'Add a partner')
            [CompletionResult]::new('edit', 'edit', [CompletionResultType]::ParameterValue, 'Change what is known of a partner; what no flag names stays')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show what is on file about a partner: record, referrals, links, addresses, notes')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List partners, with what keeps each from being paid')
            [CompletionResult]::new('release', 'release', [CompletionResultType]::ParameterValue, 'Let a partner be paid again after a payment was refunded, reversed or blocked (R6.7)')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'partners;partner;add' {
            [CompletionResult]::new('--name', '--name', [CompletionResultType]::ParameterName, 'The name')
            [CompletionResult]::new('--email', '--email', [CompletionResultType]::ParameterName, 'The e-mail they log in with')
            [CompletionResult]::new('--joined-on', '--joined-on', [CompletionResultType]::ParameterName, 'The day they joined (R5.4)')
            [CompletionResult]::new('--paypal-email', '--paypal-email', [CompletionResultType]::ParameterName, 'The e-mail that PayPal pays to; - clears it')
            [CompletionResult]::new('--status', '--status', [CompletionResultType]::ParameterName, 'Where they stand in the programme (R6.1) [default of a new one: pending]')
            [CompletionResult]::new('--country', '--country', [CompletionResultType]::ParameterName, 'The country, two letters; - clears it')
            [CompletionResult]::new('--us-person', '--us-person', [CompletionResultType]::ParameterName, 'Whether they are a US person or taxpayer (R6.2); - lets the country say')
            [CompletionResult]::new('--rate', '--rate', [CompletionResultType]::ParameterName, 'Their own rate, in place of the policy''s (R2.5)')
            [CompletionResult]::new('--rate-from', '--rate-from', [CompletionResultType]::ParameterName, 'The day from which that rate holds [default: today; a first rate has held for ever]')
            [CompletionResult]::new('--code', '--code', [CompletionResultType]::ParameterName, 'Give them a link that bears this referral code')
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Say why; it is kept in the audit trail')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Answer as table, json or csv')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour: auto, always or never (NO_COLOR is heeded)')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'Wait so long for another partners to let go of the database [default: 5]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Answer with one JSON object (short for --format json)')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Consent to what would be asked; paying needs --expect-total as well')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'partners;partner;edit' {
            [CompletionResult]::new('--name', '--name', [CompletionResultType]::ParameterName, 'The name')
            [CompletionResult]::new('--email', '--email', [CompletionResultType]::ParameterName, 'The e-mail they log in with')
            [CompletionResult]::new('--joined-on', '--joined-on', [CompletionResultType]::ParameterName, 'The day they joined (R5.4)')
            [CompletionResult]::new('--paypal-email', '--paypal-email', [CompletionResultType]::ParameterName, 'The e-mail that PayPal pays to; - clears it')
            [CompletionResult]::new('--status', '--status', [CompletionResultType]::ParameterName, 'Where they stand in the programme (R6.1) [default of a new one: pending]')
            [CompletionResult]::new('--country', '--country', [CompletionResultType]::ParameterName, 'The country, two letters; - clears it')
            [CompletionResult]::new('--us-person', '--us-person', [CompletionResultType]::ParameterName, 'Whether they are a US person or taxpayer (R6.2); - lets the country say')
            [CompletionResult]::new('--rate', '--rate', [CompletionResultType]::ParameterName, 'Their own rate, in place of the policy''s (R2.5)')
            [CompletionResult]::new('--rate-from', '--rate-from', [CompletionResultType]::ParameterName, 'The day from which that rate holds [default: today; a first rate has held for ever]')
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Say why; it is kept in the audit trail')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Answer as table, json or csv')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour: auto, always or never (NO_COLOR is heeded)')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'Wait so long for another partners to let go of the database [default: 5]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Answer with one JSON object (short for --format json)')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Consent to what would be asked; paying needs --expect-total as well')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'partners;partner;show' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Answer as table, json or csv')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour: auto, always or never (NO_COLOR is heeded)')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'Wait so long for another partners to let go of the database [default: 5]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Answer with one JSON object (short for --format json)')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Consent to what would be asked; paying needs --expect-total as well')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'partners;partner;list' {
            [CompletionResult]::new('--status', '--status', [CompletionResultType]::ParameterName, 'List only those of this status')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Answer as table, json or csv')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour: auto, always or never (NO_COLOR is heeded)')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'Wait so long for another partners to let go of the database [default: 5]')
            [CompletionResult]::new('--blocked', '--blocked', [CompletionResultType]::ParameterName, 'List only those who could not be paid')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Answer with one JSON object (short for --format json)')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Consent to what would be asked; paying needs --expect-total as well')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'partners;partner;release' {
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Say why; it is kept in the audit trail')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Answer as table, json or csv')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour: auto, always or never (NO_COLOR is heeded)')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'Wait so long for another partners to let go of the database [default: 5]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Answer with one JSON object (short for --format json)')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Consent to what would be asked; paying needs --expect-total as well')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'partners;partner;help' {
            [CompletionResult]::new('add', 'add', [CompletionResultType]::ParameterValue, 'Add a partner')
            [CompletionResult]::new('edit', 'edit', [CompletionResultType]::ParameterValue, 'Change what is known of a partner; what no flag names stays')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show what is on file about a partner: record, referrals, links, addresses, notes')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List partners, with what keeps each from being paid')
            [CompletionResult]::new('release', 'release', [CompletionResultType]::ParameterValue, 'Let a partner be paid again after a payment was refunded, reversed or blocked (R6.7)')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'partners;partner;help;add' {
            break
        }
        'partners;partner;help;edit' {
            break
        }
        'partners;partner;help;show' {
            break
        }
        'partners;partner;help;list' {
            break
        }
        'partners;partner;help;release' {
            break
        }
        'partners;partner;help;help' {
            break
        }
        'partners;paypal' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Answer as table, json or csv')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour: auto, always or never (NO_COLOR is heeded)')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'Wait so long for another partners to let go of the database [default: 5]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Answer with one JSON object (short for --format json)')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Consent to what would be asked; paying needs --expect-total as well')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('set', 'set', [CompletionResultType]::ParameterValue, 'Enter a partner''s PayPal address')
            [CompletionResult]::new('confirm', 'confirm', [CompletionResultType]::ParameterValue, 'Affirm that the address on file is right, though PayPal refused it')
            [CompletionResult]::new('allow-shared', 'allow-shared', [CompletionResultType]::ParameterValue, 'Let two partners be paid to the same address (R6.5)')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'partners;paypal;set' {
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Say why; it is kept in the audit trail')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Answer as table, json or csv')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour: auto, always or never (NO_COLOR is heeded)')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'Wait so long for another partners to let go of the database [default: 5]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Answer with one JSON object (short for --format json)')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Consent to what would be asked; paying needs --expect-total as well')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'partners;paypal;confirm' {
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Say why; it is kept in the audit trail')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Answer as table, json or csv')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour: auto, always or never (NO_COLOR is heeded)')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'Wait so long for another partners to let go of the database [default: 5]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Answer with one JSON object (short for --format json)')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Consent to what would be asked; paying needs --expect-total as well')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'partners;paypal;allow-shared' {
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Say why; it is kept in the audit trail')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Answer as table, json or csv')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour: auto, always or never (NO_COLOR is heeded)')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'Wait so long for another partners to let go of the database [default: 5]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Answer with one JSON object (short for --format json)')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Consent to what would be asked; paying needs --expect-total as well')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'partners;paypal;help' {
            [CompletionResult]::new('set', 'set', [CompletionResultType]::ParameterValue, 'Enter a partner''s PayPal address')
            [CompletionResult]::new('confirm', 'confirm', [CompletionResultType]::ParameterValue, 'Affirm that the address on file is right, though PayPal refused it')
            [CompletionResult]::new('allow-shared', 'allow-shared', [CompletionResultType]::ParameterValue, 'Let two partners be paid to the same address (R6.5)')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'partners;paypal;help;set' {
            break
        }
        'partners;paypal;help;confirm' {
            break
        }
        'partners;paypal;help;allow-shared' {
            break
        }
        'partners;paypal;help;help' {
            break
        }
        'partners;tax' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Answer as table, json or csv')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour: auto, always or never (NO_COLOR is heeded)')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'Wait so long for another partners to let go of the database [default: 5]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Answer with one JSON object (short for --format json)')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Consent to what would be asked; paying needs --expect-total as well')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('set', 'set', [CompletionResultType]::ParameterValue, 'Record the form that has come')
            [CompletionResult]::new('approve', 'approve', [CompletionResultType]::ParameterValue, 'Approve the form that has come')
            [CompletionResult]::new('reject', 'reject', [CompletionResultType]::ParameterValue, 'Turn the form down')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'partners;tax;set' {
            [CompletionResult]::new('--form', '--form', [CompletionResultType]::ParameterName, 'The form that has come')
            [CompletionResult]::new('--signed-on', '--signed-on', [CompletionResultType]::ParameterName, 'The day it was signed')
            [CompletionResult]::new('--citizen', '--citizen', [CompletionResultType]::ParameterName, 'International: whether they are a US citizen, of one or two countries')
            [CompletionResult]::new('--green-card', '--green-card', [CompletionResultType]::ParameterName, 'International: whether they hold a green card')
            [CompletionResult]::new('--days-183', '--days-183', [CompletionResultType]::ParameterName, 'International: whether they were in the US for more than 183 days in three calendar years')
            [CompletionResult]::new('--worked', '--worked', [CompletionResultType]::ParameterName, 'International: whether they worked in the US in the last calendar year')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Answer as table, json or csv')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour: auto, always or never (NO_COLOR is heeded)')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'Wait so long for another partners to let go of the database [default: 5]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Answer with one JSON object (short for --format json)')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Consent to what would be asked; paying needs --expect-total as well')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'partners;tax;approve' {
            [CompletionResult]::new('--on', '--on', [CompletionResultType]::ParameterName, 'Decide as of this day [default: today]')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Answer as table, json or csv')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour: auto, always or never (NO_COLOR is heeded)')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'Wait so long for another partners to let go of the database [default: 5]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Answer with one JSON object (short for --format json)')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Consent to what would be asked; paying needs --expect-total as well')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'partners;tax;reject' {
            [CompletionResult]::new('--on', '--on', [CompletionResultType]::ParameterName, 'Decide as of this day [default: today]')
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Say why; it is kept in the audit trail')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Answer as table, json or csv')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour: auto, always or never (NO_COLOR is heeded)')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'Wait so long for another partners to let go of the database [default: 5]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Answer with one JSON object (short for --format json)')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Consent to what would be asked; paying needs --expect-total as well')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'partners;tax;help' {
            [CompletionResult]::new('set', 'set', [CompletionResultType]::ParameterValue, 'Record the form that has come')
            [CompletionResult]::new('approve', 'approve', [CompletionResultType]::ParameterValue, 'Approve the form that has come')
            [CompletionResult]::new('reject', 'reject', [CompletionResultType]::ParameterValue, 'Turn the form down')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'partners;tax;help;set' {
            break
        }
        'partners;tax;help;approve' {
            break
        }
        'partners;tax;help;reject' {
            break
        }
        'partners;tax;help;help' {
            break
        }
        'partners;link' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Answer as table, json or csv')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour: auto, always or never (NO_COLOR is heeded)')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'Wait so long for another partners to let go of the database [default: 5]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Answer with one JSON object (short for --format json)')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Consent to what would be asked; paying needs --expect-total as well')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('add', 'add', [CompletionResultType]::ParameterValue, 'Add a link, for a partner or for somebody who is none yet')
            [CompletionResult]::new('claim', 'claim', [CompletionResultType]::ParameterValue, 'Give a partner a link that nobody has claimed, and all that came through it')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List links, and what those nobody has claimed would have earned')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'partners;link;add' {
            [CompletionResult]::new('--to', '--to', [CompletionResultType]::ParameterName, 'Give it to this partner: id, link code or e-mail')
            [CompletionResult]::new('--owner', '--owner', [CompletionResultType]::ParameterName, 'Keep it for whoever signs up with this e-mail, that of the account it was taken from (R4.2)')
            [CompletionResult]::new('--channel', '--channel', [CompletionResultType]::ParameterName, 'How it travels')
            [CompletionResult]::new('--created-on', '--created-on', [CompletionResultType]::ParameterName, 'The day it was made [default: today]')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Answer as table, json or csv')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour: auto, always or never (NO_COLOR is heeded)')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'Wait so long for another partners to let go of the database [default: 5]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Answer with one JSON object (short for --format json)')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Consent to what would be asked; paying needs --expect-total as well')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'partners;link;claim' {
            [CompletionResult]::new('--to', '--to', [CompletionResultType]::ParameterName, 'Give it to this partner: id, link code or e-mail')
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Say why; it is kept in the audit trail')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Answer as table, json or csv')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour: auto, always or never (NO_COLOR is heeded)')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'Wait so long for another partners to let go of the database [default: 5]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Answer with one JSON object (short for --format json)')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Consent to what would be asked; paying needs --expect-total as well')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'partners;link;list' {
            [CompletionResult]::new('--owner', '--owner', [CompletionResultType]::ParameterName, 'List only those taken from an account with this e-mail')
            [CompletionResult]::new('--partner', '--partner', [CompletionResultType]::ParameterName, 'List only those of this partner: id, link code or e-mail')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Answer as table, json or csv')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour: auto, always or never (NO_COLOR is heeded)')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'Wait so long for another partners to let go of the database [default: 5]')
            [CompletionResult]::new('--unclaimed', '--unclaimed', [CompletionResultType]::ParameterName, 'List only those nobody has claimed')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Answer with one JSON object (short for --format json)')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Consent to what would be asked; paying needs --expect-total as well')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'partners;link;help' {
            [CompletionResult]::new('add', 'add', [CompletionResultType]::ParameterValue, 'Add a link, for a partner or for somebody who is none yet')
            [CompletionResult]::new('claim', 'claim', [CompletionResultType]::ParameterValue, 'Give a partner a link that nobody has claimed, and all that came through it')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List links, and what those nobody has claimed would have earned')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'partners;link;help;add' {
            break
        }
        'partners;link;help;claim' {
            break
        }
        'partners;link;help;list' {
            break
        }
        'partners;link;help;help' {
            break
        }
        'partners;adjust' {
            [CompletionResult]::new('--on', '--on', [CompletionResultType]::ParameterName, 'Let it count from this day on [default: today]')
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Say why; it is kept with the amount and in the audit trail')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Answer as table, json or csv')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour: auto, always or never (NO_COLOR is heeded)')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'Wait so long for another partners to let go of the database [default: 5]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Answer with one JSON object (short for --format json)')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Consent to what would be asked; paying needs --expect-total as well')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'partners;account' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Answer as table, json or csv')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour: auto, always or never (NO_COLOR is heeded)')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'Wait so long for another partners to let go of the database [default: 5]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Answer with one JSON object (short for --format json)')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Consent to what would be asked; paying needs --expect-total as well')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show what is on file about an account, who referred it, and what staff corrected')
            [CompletionResult]::new('edit', 'edit', [CompletionResultType]::ParameterValue, 'Correct an account; it holds until a file says something new')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'partners;account;show' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Answer as table, json or csv')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour: auto, always or never (NO_COLOR is heeded)')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'Wait so long for another partners to let go of the database [default: 5]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Answer with one JSON object (short for --format json)')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Consent to what would be asked; paying needs --expect-total as well')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'partners;account;edit' {
            [CompletionResult]::new('--email', '--email', [CompletionResultType]::ParameterName, 'The e-mail it signed up with; - clears it')
            [CompletionResult]::new('--name', '--name', [CompletionResultType]::ParameterName, 'The customer''s name; - clears it')
            [CompletionResult]::new('--opened-on', '--opened-on', [CompletionResultType]::ParameterName, 'The day it was opened, from which its refund period runs (R3.1); - clears it')
            [CompletionResult]::new('--closed-on', '--closed-on', [CompletionResultType]::ParameterName, 'The day it was closed (R2.3); - clears it')
            [CompletionResult]::new('--referral-code', '--referral-code', [CompletionResultType]::ParameterName, 'The referral code of its signup (R4.1); - clears it')
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Say why; it is kept in the audit trail')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Answer as table, json or csv')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour: auto, always or never (NO_COLOR is heeded)')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'Wait so long for another partners to let go of the database [default: 5]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Answer with one JSON object (short for --format json)')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Consent to what would be asked; paying needs --expect-total as well')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'partners;account;help' {
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show what is on file about an account, who referred it, and what staff corrected')
            [CompletionResult]::new('edit', 'edit', [CompletionResultType]::ParameterValue, 'Correct an account; it holds until a file says something new')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'partners;account;help;show' {
            break
        }
        'partners;account;help;edit' {
            break
        }
        'partners;account;help;help' {
            break
        }
        'partners;charge' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Answer as table, json or csv')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour: auto, always or never (NO_COLOR is heeded)')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'Wait so long for another partners to let go of the database [default: 5]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Answer with one JSON object (short for --format json)')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Consent to what would be asked; paying needs --expect-total as well')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show what billing and staff say of a charge')
            [CompletionResult]::new('resolve', 'resolve', [CompletionResultType]::ParameterValue, 'Decide what became of a charge in collections; it holds until billing says something else (R3.4)')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'partners;charge;show' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Answer as table, json or csv')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour: auto, always or never (NO_COLOR is heeded)')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'Wait so long for another partners to let go of the database [default: 5]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Answer with one JSON object (short for --format json)')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Consent to what would be asked; paying needs --expect-total as well')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'partners;charge;resolve' {
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'What became of it; open takes the decision back')
            [CompletionResult]::new('--collected-on', '--collected-on', [CompletionResultType]::ParameterName, 'The day its money came in, where it was paid [default: today]')
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Say why; it is kept with the charge and in the audit trail')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Answer as table, json or csv')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour: auto, always or never (NO_COLOR is heeded)')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'Wait so long for another partners to let go of the database [default: 5]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Answer with one JSON object (short for --format json)')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Consent to what would be asked; paying needs --expect-total as well')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'partners;charge;help' {
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show what billing and staff say of a charge')
            [CompletionResult]::new('resolve', 'resolve', [CompletionResultType]::ParameterValue, 'Decide what became of a charge in collections; it holds until billing says something else (R3.4)')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'partners;charge;help;show' {
            break
        }
        'partners;charge;help;resolve' {
            break
        }
        'partners;charge;help;help' {
            break
        }
        'partners;note' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Answer as table, json or csv')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour: auto, always or never (NO_COLOR is heeded)')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'Wait so long for another partners to let go of the database [default: 5]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Answer with one JSON object (short for --format json)')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Consent to what would be asked; paying needs --expect-total as well')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('add', 'add', [CompletionResultType]::ParameterValue, 'Keep a remark; never a tax number (R8)')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List remarks, oldest first')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'partners;note;add' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Answer as table, json or csv')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour: auto, always or never (NO_COLOR is heeded)')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'Wait so long for another partners to let go of the database [default: 5]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Answer with one JSON object (short for --format json)')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Consent to what would be asked; paying needs --expect-total as well')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'partners;note;list' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Answer as table, json or csv')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour: auto, always or never (NO_COLOR is heeded)')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'Wait so long for another partners to let go of the database [default: 5]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Answer with one JSON object (short for --format json)')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Consent to what would be asked; paying needs --expect-total as well')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'partners;note;help' {
            [CompletionResult]::new('add', 'add', [CompletionResultType]::ParameterValue, 'Keep a remark; never a tax number (R8)')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List remarks, oldest first')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'partners;note;help;add' {
            break
        }
        'partners;note;help;list' {
            break
        }
        'partners;note;help;help' {
            break
        }
        'partners;policy' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Answer as table, json or csv')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour: auto, always or never (NO_COLOR is heeded)')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'Wait so long for another partners to let go of the database [default: 5]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Answer with one JSON object (short for --format json)')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Consent to what would be asked; paying needs --expect-total as well')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show every setting and since when it holds')
            [CompletionResult]::new('set', 'set', [CompletionResultType]::ParameterValue, 'Change one setting from a day on')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'partners;policy;show' {
            [CompletionResult]::new('--date', '--date', [CompletionResultType]::ParameterName, 'Show what holds on this day [default: today]')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Answer as table, json or csv')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour: auto, always or never (NO_COLOR is heeded)')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'Wait so long for another partners to let go of the database [default: 5]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Answer with one JSON object (short for --format json)')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Consent to what would be asked; paying needs --expect-total as well')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'partners;policy;set' {
            [CompletionResult]::new('--from', '--from', [CompletionResultType]::ParameterName, 'Let it hold from this day on')
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Say why; it is kept in the audit trail')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Answer as table, json or csv')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour: auto, always or never (NO_COLOR is heeded)')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'Wait so long for another partners to let go of the database [default: 5]')
            [CompletionResult]::new('--retroactive', '--retroactive', [CompletionResultType]::ParameterName, 'Allow a day on or before the date of an existing run, with the effect shown (R1.6)')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Say what would change, and change nothing')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Answer with one JSON object (short for --format json)')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Consent to what would be asked; paying needs --expect-total as well')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'partners;policy;help' {
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show every setting and since when it holds')
            [CompletionResult]::new('set', 'set', [CompletionResultType]::ParameterValue, 'Change one setting from a day on')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'partners;policy;help;show' {
            break
        }
        'partners;policy;help;set' {
            break
        }
        'partners;policy;help;help' {
            break
        }
        'partners;check' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Answer as table, json or csv')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour: auto, always or never (NO_COLOR is heeded)')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'Wait so long for another partners to let go of the database [default: 5]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Answer with one JSON object (short for --format json)')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Consent to what would be asked; paying needs --expect-total as well')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'partners;audit' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Answer as table, json or csv')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour: auto, always or never (NO_COLOR is heeded)')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'Wait so long for another partners to let go of the database [default: 5]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Answer with one JSON object (short for --format json)')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Consent to what would be asked; paying needs --expect-total as well')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('log', 'log', [CompletionResultType]::ParameterValue, 'List changes, newest last')
            [CompletionResult]::new('verify', 'verify', [CompletionResultType]::ParameterValue, 'Recompute every hash and name the first row that is not as it was written')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'partners;audit;log' {
            [CompletionResult]::new('--partner', '--partner', [CompletionResultType]::ParameterName, 'List only what was about this partner: id, link code or e-mail')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'List only what was about this account')
            [CompletionResult]::new('--run', '--run', [CompletionResultType]::ParameterName, 'List only what was about this run: its date, its name, or latest')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Answer as table, json or csv')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour: auto, always or never (NO_COLOR is heeded)')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'Wait so long for another partners to let go of the database [default: 5]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Answer with one JSON object (short for --format json)')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Consent to what would be asked; paying needs --expect-total as well')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'partners;audit;verify' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Answer as table, json or csv')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour: auto, always or never (NO_COLOR is heeded)')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'Wait so long for another partners to let go of the database [default: 5]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Answer with one JSON object (short for --format json)')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Consent to what would be asked; paying needs --expect-total as well')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'partners;audit;help' {
            [CompletionResult]::new('log', 'log', [CompletionResultType]::ParameterValue, 'List changes, newest last')
            [CompletionResult]::new('verify', 'verify', [CompletionResultType]::ParameterValue, 'Recompute every hash and name the first row that is not as it was written')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'partners;audit;help;log' {
            break
        }
        'partners;audit;help;verify' {
            break
        }
        'partners;audit;help;help' {
            break
        }
        'partners;backup' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Answer as table, json or csv')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour: auto, always or never (NO_COLOR is heeded)')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'Wait so long for another partners to let go of the database [default: 5]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Answer with one JSON object (short for --format json)')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Consent to what would be asked; paying needs --expect-total as well')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'partners;restore' {
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Say why; it is kept in the audit trail')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Answer as table, json or csv')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour: auto, always or never (NO_COLOR is heeded)')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'Wait so long for another partners to let go of the database [default: 5]')
            [CompletionResult]::new('--reconciled', '--reconciled', [CompletionResultType]::ParameterName, 'Let money leave again: everything that left since the backup is in the books')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Answer with one JSON object (short for --format json)')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Consent to what would be asked; paying needs --expect-total as well')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'partners;doctor' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Answer as table, json or csv')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour: auto, always or never (NO_COLOR is heeded)')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'Wait so long for another partners to let go of the database [default: 5]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Answer with one JSON object (short for --format json)')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Consent to what would be asked; paying needs --expect-total as well')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'partners;completions' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Answer as table, json or csv')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour: auto, always or never (NO_COLOR is heeded)')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'Wait so long for another partners to let go of the database [default: 5]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Answer with one JSON object (short for --format json)')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Consent to what would be asked; paying needs --expect-total as well')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'partners;man' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Answer as table, json or csv')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour: auto, always or never (NO_COLOR is heeded)')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'Wait so long for another partners to let go of the database [default: 5]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Answer with one JSON object (short for --format json)')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Consent to what would be asked; paying needs --expect-total as well')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'partners;demo' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'Use the database at PATH [else PARTNERS_DB, else partners.db in the data directory]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Answer as table, json or csv')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour: auto, always or never (NO_COLOR is heeded)')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Sign as NAME [else PARTNERS_ACTOR, else the OS user, who is recorded in any case]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'Wait so long for another partners to let go of the database [default: 5]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Answer with one JSON object (short for --format json)')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say nothing about routine success')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say more about what is being done')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Consent to what would be asked; paying needs --expect-total as well')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'partners;help' {
            [CompletionResult]::new('init', 'init', [CompletionResultType]::ParameterValue, 'Make the database, readable by nobody else; a second call changes nothing')
            [CompletionResult]::new('import', 'import', [CompletionResultType]::ParameterValue, 'Take CSV files in: new rows are kept, known ones are seen, bad ones are set aside')
            [CompletionResult]::new('profile', 'profile', [CompletionResultType]::ParameterValue, 'See how other systems'' billing exports are read, and try a profile of your own')
            [CompletionResult]::new('attribute', 'attribute', [CompletionResultType]::ParameterValue, 'Tie accounts to the partners who referred them, by evidence or by decision')
            [CompletionResult]::new('preview', 'preview', [CompletionResultType]::ParameterValue, 'Show what a run would pay, whom it would leave out, and what would lapse')
            [CompletionResult]::new('why', 'why', [CompletionResultType]::ParameterValue, 'Explain when one partner is paid and why not yet: every gate and charge, and the day on which each changes')
            [CompletionResult]::new('lookup', 'lookup', [CompletionResultType]::ParameterValue, 'Find anybody by whatever name a caller gives: who referred them, what their charges earned, or why nothing')
            [CompletionResult]::new('validate', 'validate', [CompletionResultType]::ParameterValue, 'List everybody with money counting who could not be paid, and what would help')
            [CompletionResult]::new('statement', 'statement', [CompletionResultType]::ParameterValue, 'Account for one partner''s balance, line by line, tied to the runs')
            [CompletionResult]::new('report', 'report', [CompletionResultType]::ParameterValue, 'Add the books up for the month''s end')
            [CompletionResult]::new('payout', 'payout', [CompletionResultType]::ParameterValue, 'Create, approve and send a payday''s payments, and record what became of them')
            [CompletionResult]::new('partner', 'partner', [CompletionResultType]::ParameterValue, 'Add, change and show partners')
            [CompletionResult]::new('paypal', 'paypal', [CompletionResultType]::ParameterValue, 'Enter, confirm and share the addresses that PayPal pays to')
            [CompletionResult]::new('tax', 'tax', [CompletionResultType]::ParameterValue, 'Record tax paperwork and decide on it')
            [CompletionResult]::new('link', 'link', [CompletionResultType]::ParameterValue, 'Add, claim and list referral links')
            [CompletionResult]::new('adjust', 'adjust', [CompletionResultType]::ParameterValue, 'Add an amount to a partner''s balance, or take one off, outside any charge')
            [CompletionResult]::new('account', 'account', [CompletionResultType]::ParameterValue, 'Show and correct customers'' accounts')
            [CompletionResult]::new('charge', 'charge', [CompletionResultType]::ParameterValue, 'Show charges, and decide those that billing left open')
            [CompletionResult]::new('note', 'note', [CompletionResultType]::ParameterValue, 'Keep remarks on partners, accounts, charges and runs')
            [CompletionResult]::new('policy', 'policy', [CompletionResultType]::ParameterValue, 'Show or change the rate, the minimum and the other numbers of the programme')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Prove that every cent is in exactly one place; silent when all is well')
            [CompletionResult]::new('audit', 'audit', [CompletionResultType]::ParameterValue, 'Read and verify the trail of who changed what, when and why')
            [CompletionResult]::new('backup', 'backup', [CompletionResultType]::ParameterValue, 'Copy the whole database, verified, beside whoever is writing')
            [CompletionResult]::new('restore', 'restore', [CompletionResultType]::ParameterValue, 'Put a backup in the place of the database, which is moved aside; no money leaves until it is reconciled')
            [CompletionResult]::new('doctor', 'doctor', [CompletionResultType]::ParameterValue, 'Look at the set-up: files, disk, clock, backups, runs left open; silent when all is well')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print the completion script of a shell')
            [CompletionResult]::new('man', 'man', [CompletionResultType]::ParameterValue, 'Write the manual, one page for each command')
            [CompletionResult]::new('demo', 'demo', [CompletionResultType]::ParameterValue, 'Play a complete month in a scratch directory, with every step told')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'partners;help;init' {
            break
        }
        'partners;help;import' {
            break
        }
        'partners;help;profile' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the built-in profiles')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Print a profile as it stands, to copy and change')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Show what a profile makes of a file, and import nothing')
            break
        }
        'partners;help;profile;list' {
            break
        }
        'partners;help;profile;show' {
            break
        }
        'partners;help;profile;check' {
            break
        }
        'partners;help;attribute' {
            break
        }
        'partners;help;preview' {
            break
        }
        'partners;help;why' {
            break
        }
        'partners;help;lookup' {
            break
        }
        'partners;help;validate' {
            break
        }
        'partners;help;statement' {
            break
        }
        'partners;help;report' {
            [CompletionResult]::new('liability', 'liability', [CompletionResultType]::ParameterValue, 'Add up what is owed, by how near it is to being paid, per partner and in all')
            [CompletionResult]::new('undecided', 'undecided', [CompletionResultType]::ParameterValue, 'List what earns nothing until somebody decides: lines of no kind, and refunds whose charge never came')
            break
        }
        'partners;help;report;liability' {
            break
        }
        'partners;help;report;undecided' {
            break
        }
        'partners;help;payout' {
            [CompletionResult]::new('create', 'create', [CompletionResultType]::ParameterValue, 'Take what the preview shows as payable into a new run')
            [CompletionResult]::new('approve', 'approve', [CompletionResultType]::ParameterValue, 'Approve a draft, by typing its total')
            [CompletionResult]::new('file', 'file', [CompletionResultType]::ParameterValue, 'Write the file that is uploaded to PayPal')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show a run: its payments, their charges, its state, and the next command')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List all runs, newest first')
            [CompletionResult]::new('cancel', 'cancel', [CompletionResultType]::ParameterValue, 'Give a run up; its money goes back to the balances')
            [CompletionResult]::new('settle', 'settle', [CompletionResultType]::ParameterValue, 'Record what became of the payments of a run that left by file')
            [CompletionResult]::new('record', 'record', [CompletionResultType]::ParameterValue, 'Record money that was paid outside PayPal, by cheque or wire; it settles the oldest money first')
            [CompletionResult]::new('submit', 'submit', [CompletionResultType]::ParameterValue, 'Send an approved run through PayPal''s API, by typing its total')
            [CompletionResult]::new('resume', 'resume', [CompletionResultType]::ParameterValue, 'Find out what became of a submission whose answer did not come')
            [CompletionResult]::new('sync', 'sync', [CompletionResultType]::ParameterValue, 'Ask PayPal what became of every payment')
            [CompletionResult]::new('cancel-item', 'cancel-item', [CompletionResultType]::ParameterValue, 'Have PayPal send an unclaimed payment back')
            [CompletionResult]::new('reconcile', 'reconcile', [CompletionResultType]::ParameterValue, 'Settle a run that left by file from the report that PayPal lets you download')
            break
        }
        'partners;help;payout;create' {
            break
        }
        'partners;help;payout;approve' {
            break
        }
        'partners;help;payout;file' {
            break
        }
        'partners;help;payout;show' {
            break
        }
        'partners;help;payout;list' {
            break
        }
        'partners;help;payout;cancel' {
            break
        }
        'partners;help;payout;settle' {
            break
        }
        'partners;help;payout;record' {
            break
        }
        'partners;help;payout;submit' {
            break
        }
        'partners;help;payout;resume' {
            break
        }
        'partners;help;payout;sync' {
            break
        }
        'partners;help;payout;cancel-item' {
            break
        }
        'partners;help;payout;reconcile' {
            break
        }
        'partners;help;partner' {
            [CompletionResult]::new('add', 'add', [CompletionResultType]::ParameterValue, 'Add a partner')
            [CompletionResult]::new('edit', 'edit', [CompletionResultType]::ParameterValue, 'Change what is known of a partner; what no flag names stays')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show what is on file about a partner: record, referrals, links, addresses, notes')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List partners, with what keeps each from being paid')
            [CompletionResult]::new('release', 'release', [CompletionResultType]::ParameterValue, 'Let a partner be paid again after a payment was refunded, reversed or blocked (R6.7)')
            break
        }
        'partners;help;partner;add' {
            break
        }
        'partners;help;partner;edit' {
            break
        }
        'partners;help;partner;show' {
            break
        }
        'partners;help;partner;list' {
            break
        }
        'partners;help;partner;release' {
            break
        }
        'partners;help;paypal' {
            [CompletionResult]::new('set', 'set', [CompletionResultType]::ParameterValue, 'Enter a partner''s PayPal address')
            [CompletionResult]::new('confirm', 'confirm', [CompletionResultType]::ParameterValue, 'Affirm that the address on file is right, though PayPal refused it')
            [CompletionResult]::new('allow-shared', 'allow-shared', [CompletionResultType]::ParameterValue, 'Let two partners be paid to the same address (R6.5)')
            break
        }
        'partners;help;paypal;set' {
            break
        }
        'partners;help;paypal;confirm' {
            break
        }
        'partners;help;paypal;allow-shared' {
            break
        }
        'partners;help;tax' {
            [CompletionResult]::new('set', 'set', [CompletionResultType]::ParameterValue, 'Record the form that has come')
            [CompletionResult]::new('approve', 'approve', [CompletionResultType]::ParameterValue, 'Approve the form that has come')
            [CompletionResult]::new('reject', 'reject', [CompletionResultType]::ParameterValue, 'Turn the form down')
            break
        }
        'partners;help;tax;set' {
            break
        }
        'partners;help;tax;approve' {
            break
        }
        'partners;help;tax;reject' {
            break
        }
        'partners;help;link' {
            [CompletionResult]::new('add', 'add', [CompletionResultType]::ParameterValue, 'Add a link, for a partner or for somebody who is none yet')
            [CompletionResult]::new('claim', 'claim', [CompletionResultType]::ParameterValue, 'Give a partner a link that nobody has claimed, and all that came through it')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List links, and what those nobody has claimed would have earned')
            break
        }
        'partners;help;link;add' {
            break
        }
        'partners;help;link;claim' {
            break
        }
        'partners;help;link;list' {
            break
        }
        'partners;help;adjust' {
            break
        }
        'partners;help;account' {
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show what is on file about an account, who referred it, and what staff corrected')
            [CompletionResult]::new('edit', 'edit', [CompletionResultType]::ParameterValue, 'Correct an account; it holds until a file says something new')
            break
        }
        'partners;help;account;show' {
            break
        }
        'partners;help;account;edit' {
            break
        }
        'partners;help;charge' {
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show what billing and staff say of a charge')
            [CompletionResult]::new('resolve', 'resolve', [CompletionResultType]::ParameterValue, 'Decide what became of a charge in collections; it holds until billing says something else (R3.4)')
            break
        }
        'partners;help;charge;show' {
            break
        }
        'partners;help;charge;resolve' {
            break
        }
        'partners;help;note' {
            [CompletionResult]::new('add', 'add', [CompletionResultType]::ParameterValue, 'Keep a remark; never a tax number (R8)')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List remarks, oldest first')
            break
        }
        'partners;help;note;add' {
            break
        }
        'partners;help;note;list' {
            break
        }
        'partners;help;policy' {
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show every setting and since when it holds')
            [CompletionResult]::new('set', 'set', [CompletionResultType]::ParameterValue, 'Change one setting from a day on')
            break
        }
        'partners;help;policy;show' {
            break
        }
        'partners;help;policy;set' {
            break
        }
        'partners;help;check' {
            break
        }
        'partners;help;audit' {
            [CompletionResult]::new('log', 'log', [CompletionResultType]::ParameterValue, 'List changes, newest last')
            [CompletionResult]::new('verify', 'verify', [CompletionResultType]::ParameterValue, 'Recompute every hash and name the first row that is not as it was written')
            break
        }
        'partners;help;audit;log' {
            break
        }
        'partners;help;audit;verify' {
            break
        }
        'partners;help;backup' {
            break
        }
        'partners;help;restore' {
            break
        }
        'partners;help;doctor' {
            break
        }
        'partners;help;completions' {
            break
        }
        'partners;help;man' {
            break
        }
        'partners;help;demo' {
            break
        }
        'partners;help;help' {
            break
        }
    })

    $completions.Where{ $_.CompletionText -like "$wordToComplete*" } |
        Sort-Object -Property ListItemText
}
