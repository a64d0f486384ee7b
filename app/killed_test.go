package app

import (
	"bufio"
	"os"
	"os/exec"
	"slices"
	"testing"
)

// killedDraft names the data folder in which the child of this test works.
const killedDraft = "MADOGUCHI_TEST_KILLED_DRAFT"

// TestMain lets this test program be started again as the one that is killed.
func TestMain(m *testing.M) {
	if folder := os.Getenv(killedDraft); folder != "" {
		answerForEver(folder)
	}
	os.Exit(m.Run())
}

// answerForEver keeps one draft after the other, each with one answer more or
// less, until it is killed.
func answerForEver(folder string) {
	o := newOffice(startOptions{data: folder, simulation: true, scenario: "standard"})
	o.begin(o.context(), o.started())
	asked := Asked{Answers: []Answer{{"procedure", "pin-reset"}, {"visitor.kind", "parent"}}, Papers: []PaperAnswer{}}
	for i := 0; ; i++ {
		more := asked
		if i%2 == 1 {
			more.Answers = append(asked.Answers[:2:2], Answer{"card.kind", "standard"}, Answer{"letter.state", "none"})
		}
		if err := (&Desk{o}).KeepDraft(more); err != nil {
			println(err.Error())
			os.Exit(1)
		}
		_, _ = os.Stdout.WriteString("kept\n") // the parent counts
	}
}

// A draft is whole whenever the program is killed: in the middle of writing too.
func TestDraftSurvivesKill(t *testing.T) {
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	for round := range 8 {
		folder := t.TempDir()
		child := exec.Command(program)
		child.Env = append(os.Environ(), killedDraft+"="+folder)
		child.Stderr = os.Stderr
		said, err := child.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := child.Start(); err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewScanner(said)
		for range 1 + 5*round { // at another moment of writing each time
			if !lines.Scan() {
				t.Fatal("the child kept no draft")
			}
		}
		if err := child.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		_ = child.Wait() // it was killed
		o := newOffice(startOptions{data: folder, simulation: true, scenario: "standard"})
		o.begin(t.Context(), o.started())
		start := (&Desk{o}).Start()
		o.close()
		n := len(start.Asked.Answers)
		words := []string{"手続 暗証番号の再設定(初期化・ロック解除)", "来庁者 親権者", "ほか2問"}[:1+n/2]
		if !start.Restored || n != 2 && n != 4 || !slices.Equal(start.RestoredAs, words) {
			t.Fatalf("round %d: restored %t %+v as %v", round, start.Restored, start.Asked, start.RestoredAs)
		}
	}
}
