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
			if file == "" {
				return usage("-o FILE が要ります")
			}
			passphrase, err := p.sealPassphrase(seal)
			if err != nil {
				return err
			}
			return p.withCare(c, func(desk *counter.Counter) error {
				if err := desk.CopyKey(c.Context(), passphrase, file); err != nil {
					return err
				}
				return p.show(map[string]string{"file": file}, nil)
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
			copied, err := p.readInput("file", args[0])
			if err != nil {
				return err
			}
			passphrase, err := p.sealPassphrase(seal)
			if err != nil {
				return err
			}
			return p.withCare(c, func(desk *counter.Counter) error {
				if err := desk.AdoptKey(c.Context(), copied, passphrase); err != nil {
					return err
				}
				return p.show(map[string]bool{"ok": true}, nil)
			})
		},
	}
	c.Flags().StringVar(&seal, "seal", "", "封の合言葉のファイル")
	return c
}
