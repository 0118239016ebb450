
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
            [CompletionResult]::new('attribute', 'attribute', [CompletionResultType]::ParameterValue, 'Tie accounts to the partners who referred them, by evidence or by decision')
            [CompletionResult]::new('preview', 'preview', [CompletionResultType]::ParameterValue, 'Show what a run would pay, whom it would leave out, and what would lapse')
            [CompletionResult]::new('why', 'why', [CompletionResultType]::ParameterValue, 'Explain one partner: every gate, every charge, and the day on which each changes')
            [CompletionResult]::new('payout', 'payout', [CompletionResultType]::ParameterValue, 'Create, approve and send a payday''s payments, and record what became of them')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print the completion script of a shell')
            [CompletionResult]::new('man', 'man', [CompletionResultType]::ParameterValue, 'Write the manual, one page for each command')
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
        'partners;payout;help' {
            [CompletionResult]::new('create', 'create', [CompletionResultType]::ParameterValue, 'Take what the preview shows as payable into a new run')
            [CompletionResult]::new('approve', 'approve', [CompletionResultType]::ParameterValue, 'Approve a draft, by typing its total')
            [CompletionResult]::new('file', 'file', [CompletionResultType]::ParameterValue, 'Write the file that is uploaded to PayPal')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show a run: its payments, their charges, its state, and the next command')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List all runs, newest first')
            [CompletionResult]::new('cancel', 'cancel', [CompletionResultType]::ParameterValue, 'Give a run up; its money goes back to the balances')
            [CompletionResult]::new('settle', 'settle', [CompletionResultType]::ParameterValue, 'Record what became of the payments of a run that left by file')
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
        'partners;payout;help;help' {
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
        'partners;help' {
            [CompletionResult]::new('init', 'init', [CompletionResultType]::ParameterValue, 'Make the database, readable by nobody else; a second call changes nothing')
            [CompletionResult]::new('attribute', 'attribute', [CompletionResultType]::ParameterValue, 'Tie accounts to the partners who referred them, by evidence or by decision')
            [CompletionResult]::new('preview', 'preview', [CompletionResultType]::ParameterValue, 'Show what a run would pay, whom it would leave out, and what would lapse')
            [CompletionResult]::new('why', 'why', [CompletionResultType]::ParameterValue, 'Explain one partner: every gate, every charge, and the day on which each changes')
            [CompletionResult]::new('payout', 'payout', [CompletionResultType]::ParameterValue, 'Create, approve and send a payday''s payments, and record what became of them')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print the completion script of a shell')
            [CompletionResult]::new('man', 'man', [CompletionResultType]::ParameterValue, 'Write the manual, one page for each command')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'partners;help;init' {
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
        'partners;help;payout' {
            [CompletionResult]::new('create', 'create', [CompletionResultType]::ParameterValue, 'Take what the preview shows as payable into a new run')
            [CompletionResult]::new('approve', 'approve', [CompletionResultType]::ParameterValue, 'Approve a draft, by typing its total')
            [CompletionResult]::new('file', 'file', [CompletionResultType]::ParameterValue, 'Write the file that is uploaded to PayPal')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show a run: its payments, their charges, its state, and the next command')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List all runs, newest first')
            [CompletionResult]::new('cancel', 'cancel', [CompletionResultType]::ParameterValue, 'Give a run up; its money goes back to the balances')
            [CompletionResult]::new('settle', 'settle', [CompletionResultType]::ParameterValue, 'Record what became of the payments of a run that left by file')
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
        'partners;help;completions' {
            break
        }
        'partners;help;man' {
            break
        }
        'partners;help;help' {
            break
        }
    })

    $completions.Where{ $_.CompletionText -like "$wordToComplete*" } |
        Sort-Object -Property ListItemText
}
