// Package app is what a clerk can do, bound to the window: one file a noun, and
// the one place that wires the parts together.
//
// The actions themselves are in package counter, which the console program
// shares. Here they become what a window needs: views in words ([DeskView],
// [CardView], [PlanView]), keys, one-time addresses for PDF files, and a
// [counter.Problem] for everything that fails. A bound method is so thin that
// testing the method tests the feature.
//
// Only this file and runtime.go import Wails; everything else runs, and is
// tested, without a window.
package app

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"runtime/debug"
	"time"

	"github.com/wailsapp/wails/v2"
	"github.com/wailsapp/wails/v2/pkg/options"
	"github.com/wailsapp/wails/v2/pkg/options/assetserver"
	"github.com/wailsapp/wails/v2/pkg/options/linux"
	"github.com/wailsapp/wails/v2/pkg/options/windows"

	"madoguchi/app/counter"
	"madoguchi/frontend"
)

// The smallest screen of a counter PC, less the task bar.
const (
	startWidth  = 1366
	startHeight = 728
	leastWidth  = 640
	leastHeight = 480
)

// Main starts the desktop program. Wrong arguments end it with status 2, a
// window that cannot be opened with status 3; a sentence says why.
func Main() {
	start, err := parseStart(os.Args[1:])
	if err != nil {
		tellPerson(err.Error())
		os.Exit(2)
	}
	letFirstComeForward()
	if err := run(start); err != nil {
		p := problemOf(err)
		start.folder().LogProblem(p, err)
		if err.Error() != windowsMessages().Webview2NotInstalled { // the toolkit has said that itself
			tellPerson("画面を開けませんでした。" + p.Sentence())
		}
		os.Exit(3)
	}
}

func run(start startOptions) error {
	// Nothing is swept until the window stands: a start makes little to sweep, and
	// every processor has other work.
	debug.SetGCPercent(-1)
	time.AfterFunc(careAfter, func() { debug.SetGCPercent(counter.DayGC) })
	dist, err := fs.Sub(frontend.Dist, "dist")
	if err != nil {
		return fmt.Errorf("opening the window's files: %w", err)
	}
	if err := prepareBindings(); err != nil {
		return fmt.Errorf("preparing the bindings: %w", err)
	}
	_ = start.folder().Make() // the window says what is wrong with it
	webview, err := prepareWebview(start.webviewFolders())
	if err != nil {
		return err
	}
	office := newOffice(start)
	if !generating { // the toolkit takes a while to make its window: the office opens beside it
		go office.open(context.Background())
	}
	prints := office.prints
	return wails.Run(&options.App{
		Title:     office.title(),
		Width:     startWidth,
		Height:    startHeight,
		MinWidth:  leastWidth,
		MinHeight: leastHeight,
		AssetServer: &assetserver.Options{
			Assets:     dist,
			Handler:    prints,
			Middleware: securityHeaders,
		},
		// The toolkit's messages may hold arguments of bound methods, which are
		// people's answers: they are counted, not written.
		Logger:             toolkitLog{office},
		LogLevel:           quietest,
		LogLevelProduction: quietest,
		OnStartup:          func(ctx context.Context) { office.show(eventsOf(ctx)) },
		OnShutdown:         func(context.Context) { office.close() },
		Bind:               office.bound(),
		ErrorFormatter:     func(err error) any { return office.problem(err).Text() },
		SingleInstanceLock: singleInstance(start, office),
		DragAndDrop:        &options.DragAndDrop{DisableWebViewDrop: true},
		Windows: &windows.Options{
			IsZoomControlEnabled: true,
			WebviewUserDataPath:  webview,
			Messages:             windowsMessages(),
		},
		Linux: &linux.Options{
			ProgramName:      "madoguchi",
			WebviewGpuPolicy: linux.WebviewGpuPolicyNever,
			Messages:         &linux.Messages{WebKit2GTKMinRequired: "WebKit2GTK %s 以上が必要です。情報システムの担当へご連絡ください。"},
		},
	})
}

// singleInstance keeps a second window from opening on the same data; real
// work and training are different programs to it.
func singleInstance(start startOptions, office *office) *options.SingleInstanceLock {
	return &options.SingleInstanceLock{
		UniqueId:               "jp.madoguchi.desk." + start.instance(),
		OnSecondInstanceLaunch: func(options.SecondInstanceData) { office.comeForward() },
	}
}

// windowsMessages are the toolkit's own dialogs in Japanese.
func windowsMessages() *windows.Messages {
	return &windows.Messages{
		InstallationRequired: "画面の表示に必要な WebView2 ランタイムが入っていません。情報システムの担当へご連絡ください。",
		UpdateRequired:       "WebView2 ランタイムの更新が必要です。情報システムの担当へご連絡ください。",
		MissingRequirements:  "必要なものが足りません",
		Webview2NotInstalled: "WebView2 ランタイムが入っていません",
		Error:                "エラー",
		FailedToInstall:      "WebView2 ランタイムを入れられませんでした。情報システムの担当へご連絡ください。",
		DownloadPage:         "WebView2 ランタイムを入れてから、もう一度起動してください。",
		PressOKToInstall:     "OK を押すと入れます。",
		ContactAdmin: "画面の表示に必要な WebView2 ランタイム (94 以上) が、この PC にありません。\n\n" +
			"情報システムの担当へ、「MicrosoftEdgeWebView2RuntimeInstallerX64.exe を窓口ナビのセットアップと同じフォルダーに置いて、" +
			"セットアップをもう一度実行してください」とお伝えください。\n\n窓口ナビがネットワークから取り込むことはありません。",
		InvalidFixedWebview2: "指定された WebView2 の版が合いません。情報システムの担当へご連絡ください。",
		WebView2ProcessCrash: "画面の表示が止まりました。窓口ナビを開き直してください。入力の途中は保存されています。",
	}
}
