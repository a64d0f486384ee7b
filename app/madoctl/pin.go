package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"madoguchi/rules"
)

// pinAnswer is the answer to a check of a PIN's form. It never holds the PIN.
type pinAnswer struct {
	OK      bool              `json:"ok"`
	Reasons []rules.PINReason `json:"reasons"`
	Advice  []rules.PINAdvice `json:"advice"` // easy to guess; never a refusal
}

func (p *program) pinCommand() *cobra.Command {
	return group("pin", "暗証番号の形式を確かめます", p.pinCheckCommand())
}

// pinCheckCommand reads one PIN from standard input and checks its form. No card
// is touched.
func (p *program) pinCheckCommand() *cobra.Command {
	var kind, born string
	c := &cobra.Command{
		Use:   "check --kind KIND [--born D]",
		Short: "標準入力の暗証番号の形式を確かめます (カードは使いません)",
		Args:  nothingMore,
		RunE: func(*cobra.Command, []string) error {
			which, err := pinKind(kind)
			if err != nil {
				return err
			}
			var birthday rules.Date
			if born != "" {
				if birthday, err = rules.ParseDate(born); err != nil {
					return usage("--born %q は日付ではありません。YYYY-MM-DD で書いてください", born)
				}
			}
			pin, err := p.readPIN("暗証番号: ")
			if err != nil {
				return err
			}
			defer clear(pin)
			answer := checkPIN(which, string(pin), birthday)
			if err := p.show(answer, func(w io.Writer) { writePINAnswer(w, answer) }); err != nil {
				return err
			}
			if !answer.OK {
				return errNegative
			}
			return nil
		},
	}
	c.Flags().StringVar(&kind, "kind", "", "暗証番号の種類: "+pinKindWords())
	c.Flags().StringVar(&born, "born", "", "本人の生年月日 (推測されやすい番号かを確かめます)")
	return c
}

// checkPIN checks the form; only a PIN of the right form gets advice.
func checkPIN(kind rules.PINKind, pin string, born rules.Date) pinAnswer {
	answer := pinAnswer{Reasons: []rules.PINReason{}, Advice: []rules.PINAdvice{}}
	answer.Reasons = append(answer.Reasons, rules.CheckPIN(kind, pin)...)
	if answer.OK = len(answer.Reasons) == 0; answer.OK {
		answer.Advice = append(answer.Advice, rules.AdvisePIN(pin, born)...)
	}
	return answer
}

// pinKind reads the word of --kind.
func pinKind(word string) (rules.PINKind, error) {
	if !slices.Contains(rules.PINKinds(), rules.PINKind(word)) {
		return "", usage("--kind には次のどれかが要ります: %s", pinKindWords())
	}
	return rules.PINKind(word), nil
}

func pinKindWords() string {
	words := make([]string, 0, 4)
	for _, k := range rules.PINKinds() {
		words = append(words, string(k))
	}
	return strings.Join(words, "、")
}

// longestPINLine bounds what is kept of one line: longer than any PIN, so that
// too long is told for a line of any length.
const longestPINLine = 256

// readPIN reads one line of standard input: at a terminal it asks and shows
// nothing of what is typed. The caller clears what it gets.
func (p *program) readPIN(prompt string) ([]byte, error) {
	if p.secret != nil {
		fmt.Fprint(p.errOut, prompt)
		pin, err := p.secret()
		fmt.Fprintln(p.errOut)
		if err != nil && !errors.Is(err, io.EOF) { // Ctrl+D: an empty line
			return nil, fmt.Errorf("reading a PIN: %w", err)
		}
		return pin, nil
	}
	line := make([]byte, 0, longestPINLine)
	for {
		b, err := p.in.ReadByte()
		if errors.Is(err, io.EOF) || b == '\n' {
			return bytes.TrimSuffix(line, []byte{'\r'}), nil
		}
		if err != nil {
			return nil, fmt.Errorf("reading a PIN: %w", err)
		}
		if len(line) < longestPINLine { // what comes behind it changes no answer: it is too long
			line = append(line, b)
		}
	}
}

func writePINAnswer(w io.Writer, a pinAnswer) {
	if a.OK {
		fmt.Fprintln(w, "形式は正しいです")
		for _, advice := range a.Advice {
			fmt.Fprintln(w, map[rules.PINAdvice]string{
				rules.AdviceBirthday: "生年月日から推測されやすい番号です", rules.AdviceRepeated: "同じ文字の繰り返しで、推測されやすい番号です",
				rules.AdviceSequence: "続き番号で、推測されやすい番号です"}[advice])
		}
		return
	}
	words := map[rules.PINReason]string{
		rules.PINEmpty: "入力がありません", rules.PINTooShort: "短すぎます", rules.PINTooLong: "長すぎます",
		rules.PINLowerCase: "英字は大文字で入力します", rules.PINNotADigit: "数字だけを使えます",
		rules.PINNotAlphanumeric: "英大文字と数字だけを使えます", rules.PINNeedsLetter: "英字が必要です",
		rules.PINNeedsDigit: "数字が必要です", rules.PINFullWidth: "全角の文字があります。半角で入力します",
	}
	for _, r := range a.Reasons {
		fmt.Fprintln(w, words[r])
	}
}
