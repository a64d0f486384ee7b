; The installer of 窓口ナビ. It is given to makensis by "go run ./build release":
;   /DVERSION=1.2.3      version of the program
;   /DSOURCE=DIR         folder with the files to install
;   /DOUT=FILE           the installer to write
;   /DSIGN=COMMAND       signs the file given as its last argument (may be left out)
;
; Rules of this file
; - One installer for both ways: for everybody (/AllUsers, needs an administrator)
;   and for one user (/CurrentUser). /S asks nothing. /D=FOLDER chooses the folder.
; - Nothing is fetched from a network. The WebView2 runtime is taken from beside
;   the installer when Microsoft's standalone installer lies there.
; - The data folder is made, never emptied: not by an upgrade, and by removal only
;   when a person says yes or /PURGEDATA is given.
; - Only files that were installed are removed, by name.
; Exit status: 0 done, 1 cancelled, 2 not possible (reason shown or in the log),
; 3 installed, but the WebView2 runtime is still missing.

Unicode true
Target amd64-unicode
ManifestDPIAware true
ManifestSupportedOS Win10
SetCompressor zlib ; a tenth of the time of lzma, for a third more bytes
SetDateSave off
CRCCheck force

!define PRODUCT "窓口ナビ"
!define FOLDER "Madoguchi"
!define UNINSTALL_KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\${FOLDER}"
!define RUNTIME_KEY "Microsoft\EdgeUpdate\Clients\{F3017226-FE2A-4295-8BDF-00C3A9A7E4C5}"
!define RUNTIME_SETUP "MicrosoftEdgeWebView2RuntimeInstallerX64.exe"

!define MULTIUSER_EXECUTIONLEVEL Highest
!define MULTIUSER_MUI
!define MULTIUSER_INSTALLMODE_COMMANDLINE
!define MULTIUSER_USE_PROGRAMFILES64
!define MULTIUSER_INSTALLMODE_INSTDIR "${FOLDER}"
!define MULTIUSER_INSTALLMODE_INSTDIR_REGISTRY_KEY "${UNINSTALL_KEY}"
!define MULTIUSER_INSTALLMODE_INSTDIR_REGISTRY_VALUENAME "InstallLocation"
!define MULTIUSER_INSTALLMODE_DEFAULT_REGISTRY_KEY "${UNINSTALL_KEY}"
!define MULTIUSER_INSTALLMODE_DEFAULT_REGISTRY_VALUENAME "InstallLocation"
!define MULTIUSER_INIT_TEXT_ALLUSERSNOTPOSSIBLE "全員用の ${PRODUCT} を入れたり消したりするには、管理者の権限が要ります。情報システムの担当へご連絡ください。"

!include "MultiUser.nsh"
!include "MUI2.nsh"
!include "LogicLib.nsh"
!include "FileFunc.nsh"
!include "WordFunc.nsh"
!include "x64.nsh"

Name "${PRODUCT}"
OutFile "${OUT}"
BrandingText "${PRODUCT} ${VERSION}"
ShowInstDetails show
ShowUninstDetails show
!ifdef SIGN
  !finalize '${SIGN} "%1"'
  !uninstfinalize '${SIGN} "%1"'
!endif

VIProductVersion "${VERSION}.0"
VIFileVersion "${VERSION}.0"
VIAddVersionKey /LANG=1041 "ProductName" "${PRODUCT}"
VIAddVersionKey /LANG=1041 "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=1041 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=1041 "FileDescription" "${PRODUCT} セットアップ"
VIAddVersionKey /LANG=1041 "CompanyName" "窓口ナビ contributors"
VIAddVersionKey /LANG=1041 "LegalCopyright" "窓口ナビ contributors (MIT License)"

!define MUI_ICON "..\icon.ico"
!define MUI_UNICON "..\icon.ico"
!define MUI_ABORTWARNING
!define MUI_FINISHPAGE_NOAUTOCLOSE

!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_LICENSE "${SOURCE}\LICENSE.txt"
!insertmacro MULTIUSER_PAGE_INSTALLMODE
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "Japanese"

Var Chosen  ; the folder of /D=, empty without it
Var Runtime ; version of the WebView2 runtime, empty when it is missing
Var Data    ; the data folder
Var Group   ; who may use the data folder, as icacls names them

; stop ends with status 2; in silent mode the sentence goes to the details only.
!macro stop SENTENCE
  DetailPrint "${SENTENCE}"
  MessageBox MB_OK|MB_ICONSTOP "${SENTENCE}" /SD IDOK
  SetErrorLevel 2
  Quit
!macroend

; refuseWithoutRights ends a call with /AllUsers by somebody who is no
; administrator. MultiUser.nsh would show a box that a silent call waits on for ever.
!macro refuseWithoutRights UN
  ${${UN}GetParameters} $0
  ClearErrors
  ${${UN}GetOptions} $0 "/AllUsers" $1
  ${IfNot} ${Errors}
    UserInfo::GetAccountType
    Pop $0
    ${If} $0 != "Admin"
      !insertmacro stop "${MULTIUSER_INIT_TEXT_ALLUSERSNOTPOSSIBLE}"
    ${EndIf}
  ${EndIf}
!macroend

Function .onInit
  ${IfNot} ${RunningX64}
    !insertmacro stop "${PRODUCT} は 64 ビットの Windows 10 または 11 で使います。この PC には入れられません。"
  ${EndIf}
  SetRegView 64
  StrCpy $Chosen $INSTDIR
  !insertmacro refuseWithoutRights ""
  !insertmacro MULTIUSER_INIT
  ${If} $Chosen != ""
    StrCpy $INSTDIR $Chosen
  ${EndIf}
  Call RefuseOlder
FunctionEnd

; An older program cannot read what a newer one has written.
Function RefuseOlder
  ReadRegStr $0 SHCTX "${UNINSTALL_KEY}" "DisplayVersion"
  ${If} $0 == ""
    Return
  ${EndIf}
  ${VersionCompare} $0 "${VERSION}" $1
  ${If} $1 == 1
    !insertmacro stop "新しい版 ($0) が入っています。古い版 (${VERSION}) は、新しい版が書いた受付の記録を読めないので、入れられません。"
  ${EndIf}
FunctionEnd

; A program that is open cannot be replaced or removed, and half of an upgrade
; helps nobody.
!macro refuseOpen FILE
  ${If} ${FileExists} "$INSTDIR\${FILE}"
    ClearErrors
    FileOpen $0 "$INSTDIR\${FILE}" a
    ${If} ${Errors}
      !insertmacro stop "${PRODUCT} (${FILE}) が開いています。この PC のすべての利用者の画面で閉じてから、もう一度行ってください。"
    ${EndIf}
    FileClose $0
  ${EndIf}
!macroend
!macro refuseWhileOpen UN
  Function ${UN}RefuseWhileOpen
    !insertmacro refuseOpen "madoguchi.exe"
    !insertmacro refuseOpen "madoctl.exe"
  FunctionEnd
!macroend
!insertmacro refuseWhileOpen ""
!insertmacro refuseWhileOpen "un."

; The runtime says its version in one of three places of the registry.
Function FindRuntime
  StrCpy $Runtime ""
  SetRegView 32
  ReadRegStr $Runtime HKLM "SOFTWARE\${RUNTIME_KEY}" "pv"
  SetRegView 64
  ${If} $Runtime == ""
    ReadRegStr $Runtime HKLM "SOFTWARE\${RUNTIME_KEY}" "pv"
  ${EndIf}
  ${If} $Runtime == ""
    ReadRegStr $Runtime HKCU "Software\${RUNTIME_KEY}" "pv"
  ${EndIf}
  ${If} $Runtime == "0.0.0.0"
    StrCpy $Runtime ""
  ${EndIf}
FunctionEnd

Function InstallRuntime
  Call FindRuntime
  ${If} $Runtime != ""
    DetailPrint "WebView2 ランタイム $Runtime があります"
    Return
  ${EndIf}
  ${If} ${FileExists} "$EXEDIR\${RUNTIME_SETUP}"
    DetailPrint "WebView2 ランタイムを入れています (${RUNTIME_SETUP})"
    ExecWait '"$EXEDIR\${RUNTIME_SETUP}" /silent /install' $0
    DetailPrint "WebView2 ランタイムの結果: $0"
    Call FindRuntime
  ${EndIf}
  ${If} $Runtime == ""
    SetErrorLevel 3
    DetailPrint "WebView2 ランタイムがありません"
    MessageBox MB_OK|MB_ICONEXCLAMATION "画面の表示に必要な WebView2 ランタイムが、この PC にありません。$\r$\n$\r$\n情報システムの担当は、Microsoft の配布する「エバーグリーン スタンドアロン インストーラー」(${RUNTIME_SETUP}) をこのセットアップと同じフォルダーに置いて、もう一度実行してください。$\r$\n$\r$\nそれまで ${PRODUCT} の画面は開きません。ネットワークから取り込むことはしません。" /SD IDOK
  ${EndIf}
FunctionEnd

; The data folder of everybody's installation, open to /DATAGROUP=NAME and to
; administrators only. Without a name all users of the PC may use the program.
Function MakeData
  ReadEnvStr $Data "PROGRAMDATA"
  StrCpy $Data "$Data\${FOLDER}"
  ${If} ${FileExists} "$Data\data\*.*"
    DetailPrint "データフォルダーはそのまま使います: $Data\data"
    Return
  ${EndIf}
  CreateDirectory "$Data\data"
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/DATAGROUP=" $Group
  ${If} ${Errors}
    StrCpy $Group "*S-1-5-32-545" ; BUILTIN\Users
  ${EndIf}
  nsExec::ExecToLog '"$SYSDIR\icacls.exe" "$Data" /inheritance:r /grant:r "*S-1-5-18:(OI)(CI)F" "*S-1-5-32-544:(OI)(CI)F" "$Group:(OI)(CI)M"'
  Pop $0
  ${If} $0 != 0
    DetailPrint "データフォルダーの権限を設定できませんでした ($0)"
    MessageBox MB_OK|MB_ICONEXCLAMATION "データフォルダー $Data の権限を設定できませんでした。情報システムの担当は、使う人だけが開けるように設定してください。" /SD IDOK
  ${EndIf}
FunctionEnd

Section
  SetRegView 64
  Call RefuseWhileOpen
  SetOutPath "$INSTDIR"
  File "${SOURCE}\*.*"
  WriteUninstaller "$INSTDIR\uninstall.exe"

  CreateShortcut "$SMPROGRAMS\${PRODUCT}.lnk" "$INSTDIR\madoguchi.exe"
  CreateShortcut "$SMPROGRAMS\${PRODUCT} 訓練.lnk" "$INSTDIR\madoguchi.exe" "--simulation"
  CreateShortcut "$DESKTOP\${PRODUCT}.lnk" "$INSTDIR\madoguchi.exe"

  WriteRegStr SHCTX "${UNINSTALL_KEY}" "DisplayName" "${PRODUCT}"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "DisplayIcon" "$INSTDIR\madoguchi.exe"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "Publisher" "窓口ナビ contributors"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "UninstallString" '"$INSTDIR\uninstall.exe" /$MultiUser.InstallMode'
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /$MultiUser.InstallMode /S'
  WriteRegDWORD SHCTX "${UNINSTALL_KEY}" "NoModify" 1
  WriteRegDWORD SHCTX "${UNINSTALL_KEY}" "NoRepair" 1
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  WriteRegDWORD SHCTX "${UNINSTALL_KEY}" "EstimatedSize" $0

  ${If} $MultiUser.InstallMode == "AllUsers"
    Call MakeData
  ${EndIf}
  Call InstallRuntime
SectionEnd

Function un.onInit
  SetRegView 64
  !insertmacro refuseWithoutRights "un."
  !insertmacro MULTIUSER_UNINIT
  Call un.RefuseWhileOpen
FunctionEnd

; Data goes only when somebody says so twice: by asking and by confirming.
Function un.Data
  ReadEnvStr $Data "PROGRAMDATA"
  StrCpy $Data "$Data\${FOLDER}"
  ${IfNot} ${FileExists} "$Data\data\*.*"
    Return
  ${EndIf}
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/PURGEDATA" $1
  ${IfNot} ${Errors}
    RMDir /r "$Data\data"
    RMDir "$Data"
    DetailPrint "データフォルダーを消しました: $Data\data"
    Return
  ${EndIf}
  MessageBox MB_YESNO|MB_ICONQUESTION|MB_DEFBUTTON2 "受付の記録 ($Data\data) は残します。$\r$\n記録も消しますか。消すと元に戻せません。" /SD IDNO IDNO keep
  MessageBox MB_YESNO|MB_ICONEXCLAMATION|MB_DEFBUTTON2 "本当に受付の記録をすべて消しますか。" /SD IDNO IDNO keep
    RMDir /r "$Data\data"
    RMDir "$Data"
    Return
  keep:
  DetailPrint "データフォルダーは残しました: $Data\data"
FunctionEnd

Section "Uninstall"
  SetRegView 64
  Delete "$SMPROGRAMS\${PRODUCT}.lnk"
  Delete "$SMPROGRAMS\${PRODUCT} 訓練.lnk"
  Delete "$DESKTOP\${PRODUCT}.lnk"
  !include "${SOURCE}.remove.nsh"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  DeleteRegKey SHCTX "${UNINSTALL_KEY}"
  Call un.Data
SectionEnd
