package reader_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/hex"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"madoguchi/reader"
	"madoguchi/reader/simcard"
)

// BenchmarkRead prints what reading a card costs: commands and bytes, which a
// contactless card feels, beside the time of this program alone. The commands of
// OpenSC 0.23 were recorded from its client on the same simulated card
// (testdata/opensc) and are sent to it again here.
//
//	go test -run '^$' -bench Read ./reader
func BenchmarkRead(b *testing.B) {
	summary := func(options ...reader.Option) func(*testing.B, *tally) {
		return func(b *testing.B, card *tally) {
			if _, err := reader.ReadSummary(context.Background(), card, today, options...); err != nil {
				b.Fatal(err)
			}
		}
	}
	b.Run("summary", func(b *testing.B) { benchmark(b, simcard.Description{}, summary()) })
	b.Run("summary-selecting-files", func(b *testing.B) { benchmark(b, simcard.Description{}, summary(reader.SelectFiles())) })
	b.Run("summary-short-ids-refused", func(b *testing.B) {
		benchmark(b, simcard.Description{NoShortFileIDs: true}, summary())
	})
	for _, name := range []string{"list-pins", "read-certificate-01"} {
		b.Run("opensc-"+name, func(b *testing.B) { benchmark(b, simcard.Description{}, replay(b, name)) })
	}
}

// tally counts what goes through a transport.
type tally struct {
	card                     reader.Transport
	commands, sent, received int
}

func (c *tally) Transmit(ctx context.Context, command []byte) ([]byte, error) {
	answer, err := c.card.Transmit(ctx, command)
	c.commands, c.sent, c.received = c.commands+1, c.sent+len(command), c.received+len(answer)
	return answer, err
}

func benchmark(b *testing.B, d simcard.Description, read func(*testing.B, *tally)) {
	card := newCard(b, d)
	count := &tally{card: card}
	rounds := 0
	for b.Loop() {
		card.Reset()
		read(b, count)
		rounds++
	}
	b.ReportMetric(float64(count.commands)/float64(rounds), "commands")
	b.ReportMetric(float64(count.sent)/float64(rounds), "sent-bytes")
	b.ReportMetric(float64(count.received)/float64(rounds), "received-bytes")
}

// replay sends the recorded commands of another client.
func replay(b *testing.B, name string) func(*testing.B, *tally) {
	b.Helper()
	commands := recorded(b, name)
	return func(b *testing.B, card *tally) {
		for _, c := range commands {
			if _, err := card.Transmit(context.Background(), c); err != nil {
				b.Fatal(err)
			}
		}
	}
}

func recordingOf(name string) string { return filepath.Join("testdata", "opensc", name+".txt") }

// recorded reads a recording: one command a line, in hexadecimal digits.
func recorded(b *testing.B, name string) [][]byte {
	b.Helper()
	data, err := os.ReadFile(recordingOf(name))
	if err != nil {
		b.Fatal(err)
	}
	var commands [][]byte
	for lines := bufio.NewScanner(bytes.NewReader(data)); lines.Scan(); {
		line := strings.TrimSpace(lines.Text())
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		c, err := hex.DecodeString(line)
		if err != nil {
			b.Fatal(err)
		}
		commands = append(commands, c)
	}
	if len(commands) == 0 {
		b.Fatal("the recording is empty")
	}
	return commands
}
