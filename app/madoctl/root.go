package main

import (
	"bufio"
	"context"
	"errors"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"madoguchi/app/counter"
)

// program is one call of madoctl: its streams, its clock and the flags every
// command has.
type program struct {
	in          *bufio.Reader
	out, errOut io.Writer
	outTerminal bool
	secret      func() ([]byte, error) // reads a line without showing it; nil where standard input is no terminal
	now         func() time.Time

	data           string
	passphraseFile string
	operator       string
	role           string // what the care of the history takes; empty: as the settings say
	asJSON         bool
	simulation     bool

	started bool // the command line was understood and the command began
}

// run does what the arguments say and answers with the exit status.
func (p *program) run(ctx context.Context, args []string) int {
	root := p.command()
	root.SetArgs(args)
	root.SetIn(p.in)
	root.SetOut(p.out)
	root.SetErr(p.errOut)
	err := root.ExecuteContext(ctx)
	if err != nil && !p.started {
		err = asUsage(err)
	}
	return p.report(err)
}

// command builds the tree of commands: one file a noun.
func (p *program) command() *cobra.Command {
	root := &cobra.Command{
		Use:           "madoctl",
		Short:         "窓口ナビの操作を端末から行います",
		SilenceErrors: true,
		SilenceUsage:  true,
		Version:       counter.Version,
		PersistentPreRun: func(*cobra.Command, []string) {
			p.started = true
		},
		RunE: needsSubcommand,
	}
	flags := root.PersistentFlags()
	flags.StringVar(&p.data, "data", "", "データフォルダー")
	flags.StringVar(&p.passphraseFile, "passphrase-file", "", "履歴の鍵を開く合言葉のファイル")
	flags.StringVar(&p.operator, "operator", "", "担当者名 (履歴に残ります)")
	flags.BoolVar(&p.asJSON, "json", false, "結果を JSON で出します (出力先が端末でなければ常に JSON)")
	flags.BoolVar(&p.simulation, "simulation", false, "訓練用のデータで行います")
	root.CompletionOptions.DisableDefaultCmd = true
	root.Args = cobra.ArbitraryArgs
	root.SetHelpCommand(&cobra.Command{Hidden: true})
	root.SetUsageTemplate(usageTemplate)
	root.SetVersionTemplate("madoctl {{.Version}}\n")
	root.AddCommand(
		p.decideCommand(),
		p.rulesCommand(),
		p.datesCommand(),
		p.pinCommand(),
		p.cardCommand(),
		p.printCommand(),
		p.postalCommand(),
		p.casesCommand(),
		p.doctorCommand(),
		p.drillCommand(),
	)
	root.Flags().Bool("version", false, "版を表示します")
	speakJapanese(root)
	return root
}

// speakJapanese gives every command its own words for --help: cobra's are English.
func speakJapanese(c *cobra.Command) {
	c.Flags().BoolP("help", "h", false, "この説明を表示します")
	c.DisableFlagsInUseLine = true
	for _, member := range c.Commands() {
		speakJapanese(member)
	}
}

// group is a command that only holds others.
func group(use, short string, members ...*cobra.Command) *cobra.Command {
	c := &cobra.Command{Use: use, Short: short, RunE: needsSubcommand}
	c.AddCommand(members...)
	return c
}

func needsSubcommand(c *cobra.Command, args []string) error {
	if len(args) > 0 && isWord(args[0]) {
		return usage("%s に %q という操作はありません", c.CommandPath(), args[0])
	}
	if c.HasParent() {
		return usage("%s のあとに操作の名前が要ります", c.CommandPath())
	}
	return usage("操作の名前が要ります")
}

// isWord reports whether an argument can be a mistyped command. Anything else is
// not repeated: it might be a PIN somebody put on the command line.
func isWord(arg string) bool { return strings.Trim(arg, "abcdefghijklmnopqrstuvwxyz-") == "" }

// withCounter opens the counter for one command and closes it again.
func (p *program) withCounter(ctx context.Context, do func(*counter.Counter) error) error {
	return p.withScenario(ctx, "", do)
}

// withScenario is withCounter with a simulated card on the reader; an empty
// scenario is the real reader.
func (p *program) withScenario(ctx context.Context, scenario string, do func(*counter.Counter) error) (err error) {
	c, err := counter.Open(ctx, counter.Options{
		Data:           p.data,
		Simulation:     p.simulation,
		Scenario:       scenario,
		Now:            p.now,
		Operator:       p.operator,
		Role:           p.role,
		Version:        counter.Version,
		PassphraseFile: p.passphraseFile,
		Warnings:       p.errOut,
	})
	if err != nil {
		return err
	}
	defer func() {
		// The action is done or not done whatever becomes of the closing, which is in
		// the log in any case: it is said where it is all there is to say.
		if closed := c.Close(); closed != nil && err == nil {
			p.say("%s", counter.ProblemOf(closed).Sentence())
		}
	}()
	err = do(c)
	if wrong := (usageError{}); err != nil && !errors.As(err, &wrong) && !errors.Is(err, errNegative) && !errors.Is(err, errFailedCheck) {
		c.LogProblem(counter.ProblemOf(err), err)
	}
	return err
}

// usageTemplate is cobra's, with its words in Japanese.
const usageTemplate = `使い方:
  {{if .HasAvailableSubCommands}}{{.CommandPath}} 操作{{else}}{{.UseLine}}{{end}}
{{- if .HasAvailableSubCommands}}

操作:{{range .Commands}}{{if .IsAvailableCommand}}
  {{rpad .Name .NamePadding}} {{.Short}}{{end}}{{end}}{{end}}
{{- if .HasAvailableLocalFlags}}

指定:
{{.LocalFlags.FlagUsages | trimTrailingWhitespaces}}{{end}}
{{- if .HasAvailableInheritedFlags}}

共通の指定:
{{.InheritedFlags.FlagUsages | trimTrailingWhitespaces}}{{end}}
`

// exactly is the number of arguments a command takes, and what they are.
func exactly(names ...string) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		if len(args) != len(names) {
			return usage("%s には %s が要ります", c.CommandPath(), strings.Join(names, " "))
		}
		return nil
	}
}

// nothingMore refuses arguments where a command takes none, without repeating them.
func nothingMore(c *cobra.Command, args []string) error {
	if len(args) > 0 {
		return usage("%s に余分な引数があります", c.CommandPath())
	}
	return nil
}
