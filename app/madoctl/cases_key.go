package main

import (
	"github.com/spf13/cobra"

	"madoguchi/app/counter"
)

// casesKeyCommand is about the key that opens the history and its backups.
func (p *program) casesKeyCommand() *cobra.Command {
	return group("key", "バックアップを別のパソコンで開くための鍵の写し", p.casesKeyCopyCommand(), p.casesKeyAdoptCommand())
}

func (p *program) casesKeyCopyCommand() *cobra.Command {
	var file, seal string
	c := &cobra.Command{
		Use:   "copy -o FILE [--seal FILE]",
		Short: "履歴の鍵の写しに合言葉で封をします (このパソコンが壊れたときのため)",
		Long:  "写しは、バックアップとは別の場所に保管します。鍵を替えた (rotate) あとは作り直します。合言葉は --seal のファイル、標準入力の1行目の順に読みます。",
		Args:  nothingMore,
		RunE: func(c *cobra.Command, _ []string) error {
			return p.makeSealed(c, file, seal, func(desk *counter.Counter, passphrase string) (any, error) {
				return map[string]string{"file": file}, desk.CopyKey(c.Context(), passphrase, file)
			})
		},
	}
	c.Flags().StringVarP(&file, "output", "o", "", "鍵の写しのファイル")
	c.Flags().StringVar(&seal, "seal", "", "封の合言葉のファイル")
	return c
}

func (p *program) casesKeyAdoptCommand() *cobra.Command {
	var seal string
	c := &cobra.Command{
		Use:   "adopt FILE [--seal FILE]",
		Short: "鍵の写しをこのパソコンに入れます (そのあと cases restore で記録を戻します)",
		Args:  exactly("FILE"),
		RunE: func(c *cobra.Command, args []string) error {
			return p.openSealed(c, args[0], seal, func(desk *counter.Counter, copied []byte, passphrase string) (any, error) {
				return map[string]bool{"ok": true}, desk.AdoptKey(c.Context(), copied, passphrase)
			})
		},
	}
	c.Flags().StringVar(&seal, "seal", "", "封の合言葉のファイル")
	return c
}
