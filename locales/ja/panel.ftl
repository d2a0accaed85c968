opening = 開いています…
panel-fell = Handrail のパネルが停止しました。作業の内容は失われていません。パネルをもう一度開いてください。
panel-fell-again = もう一度開く

## The list of guides

sheet-title = 始める前に
settings = 設定
settings-close = 設定を閉じる
home-lead = 設定したいものを選んでください。まず変更される内容がすべて表示され、開始するまで何も行われません。
home-runs = 進行中
run-continue = 続ける
run-continue-here = このタブで続ける
run-progress = { $total } ステップ中 { $done } 完了
home-guides = ガイド
guide-steps = { $vendor } · { $steps ->
   *[other] { $steps } ステップ
}
guide-see = 内容を見る

## Settings

settings-language = Handrail の言語
settings-language-browser = ブラウザーと同じ
settings-origins = 値を確認してよい場所
origin-by-policy = 組織が承認済み
origin-take-back = 承認を取り消す
origin-not-approved = 未承認
vendors = キーを記憶しているベンダー
vendors-lead = 以後のリンクは、これらのキーか、それらが保証するキーで署名されている必要があります。保存するのはドメインと公開キーだけで、このコンピューターの中にあります。
vendors-since = { $day } から
vendors-forget = { $vendor } を忘れる
labels = ポータルのコントロールのラベル
labels-packaged = 拡張機能に付属のものです。
labels-number = 番号 { $n }、署名付き、後から届いたものです。
labels-look = { $origin } で新しいものを探す
labels-back = 拡張機能に付属のものへ戻す
labels-looking = 探しています…
labels-taken = 次に始めるガイドから新しいラベルを使います。
labels-unreachable = そこからは何も取得できませんでした。今のラベルをそのまま使います。
labels-not-newer = そこに新しいものはないか、取り消されています。何も変わっていません。
labels-other-version = そこにあるものは Handrail の別のバージョン用です。先に拡張機能を更新してください。
labels-refused = そこにあるものは、信頼された署名がないか、ラベル以外のものを含みます。何も使いません。
settings-health = ガイドが場所を見つけられたか
settings-health-lead = どの方法でコントロールが見つかったか、または見つからなかったか、その場所と言語を記録します。個人データは含みません。保存して渡すまで、このコンピューターの外には出ません。
health-records = { $n ->
   *[other] { $n } 件の記録
}
health-found = 方法 { $n } で検出
health-hidden = あるが非表示
health-several = 複数あり
health-page = 検出したが、別のページの可能性あり
health-none = 見つからない
health-keep = 記録する
health-stop = 記録をやめる
health-save = ファイルに保存
health-forget = 消去

## The sheet to be approved

sheet-from-link = { $vendor } · リンクの送信元: { $link }
sheet-from-you = { $vendor } · リンクではなく、ご自身で開始
questions = お問い合わせ: { $support }
sheet-changes = 変更される内容
sheet-permissions = アクセス許可
sheet-leaves = ディレクトリの外に出るもの
sheet-roles = 実行できる人
sheet-prerequisites = 前提条件
sheet-undo = 元に戻す方法
sheet-not-checked = 確認されないこと
sheet-steps = { $n ->
   *[other] 全 { $n } ステップ
}
sheet-corrections = ベンダーの文書と異なる点
correction-said = 文書: { $said }
correction-today = 現在: { $today }
permission-application = アプリケーション
permission-delegated = 委任
danger-high = リスク高
danger-tier-0 = Tier 0: 保持者はディレクトリを掌握できます
known-page = ページに表示されます: { $how }。
known-command = 次のコマンドの出力で分かります: `{ $how }`
known-document = 公開文書で分かります: { $how }。
known-nobody = どこにも表示されません。ご確認ください。{ $how }。
known-page-alone = ページに表示されます。
known-command-alone = コマンドの出力で分かります。
known-document-alone = 公開文書で分かります。
known-nobody-alone = どこにも表示されません。ご確認ください。
prerequisite-otherwise = そうでない場合: { $consequence }
sheet-origin = 値は { $origin } で確認できます。ボタンを押さない限り何も送信されません。
sheet-origin-practice = 値は練習用サービス { $origin } で確認できます。ボタンを押さない限り何も送信されません。
sheet-origin-none = 確認サービスが設定されていないため、何も送信されません。
sheet-live-none = このガイドのページは、実際のポータルではまだ確認されていません。ボタンの見た目が違っても、カードの説明に沿って進められます。
sheet-live = このガイドの { $all } ページ中 { $n } ページが、実際のポータルで確認されています。
sheet-digest = ガイド
sheet-portal = 案内するポータル
portal-azure = Azure portal
portal-entra = Microsoft Entra 管理センター
sheet-not-now = 今はしない
sheet-print = 承認用に印刷
sheet-begin = 開始
go-on = 続行

## What for, with which credential, by whom

mode-run = 設定する
mode-check = 値を確認する
mode-adopt = 既存のアプリを使う
mode-renew = 資格情報を更新する
mode-remove = 削除する
credential-with = 使用するもの:
credential-secret = クライアント シークレット
credential-certificate = 証明書
credential-federated = フェデレーション資格情報 (シークレットなし)
handed-at = ステップ **{ $step }** から引き継ぎました。
handed-in = **{ $directory }** で開始されたため、そこでのみ続行します。
take-over = 他の担当者から引き継ぐ
take-over-paste = 送られてきた内容を貼り付けてください
colleague = ボタンが灰色、またはロールが足りませんか?
colleague-lead = **資格のある** (Privileged Identity Management) だけのロールは、先にアクティブ化し、サインアウトしてからサインインし直す必要があります。パートナーのアカウントには、このディレクトリとの関係 (GDAP) でロールが必要です。それ以外の場合は、ロールを持つ人に引き継いでください。その人のブラウザーでこのステップから続き、シークレットは渡されません。
colleague-hand = 他の担当者に引き継ぐ
copied = コピーしました
copy-text = テキストをコピー
copy-link = リンクとしてコピー
refused = ポータルで拒否される
refused-ask = ディレクトリのポリシーで、新しいシークレットが禁止されているか、有効期間が制限されている可能性があります。**短くする**と通ることがよくあります。終了日を早めてください。完全に禁止されている場合は、{ $vendor } に証明書またはフェデレーション資格情報を依頼するか、ポリシーの管理者にこのアプリだけの例外を依頼してください。
refused-other = ディレクトリのポリシーで、新しいシークレットが禁止されているか、有効期間が制限されている可能性があります。**短くする**と通ることがよくあります。終了日を早めてください。{ $vendor } は、このポリシーの影響を受けない別の資格情報にも対応しています。これまでの作業はそのまま残ります。
refused-secret = クライアント シークレットで続行
refused-certificate = 証明書で続行
refused-federated = フェデレーション資格情報で続行 (シークレットなし)

## A run

directory = ディレクトリ
directory-unknown = ページから読み取ります
stopped = ガイドを停止しました。開始したのは **{ $was }** ですが、タブには **{ $now }** が表示されています。ポータル右上のディレクトリ メニューで元に戻してください。
stopped-back = タブが **{ $was }** に戻りました。
paused = 一時停止中です。ページには何も表示しません。
step-of = ステップ { $n } / { $total }
why = 理由
save-as = { $name } として保存
back = 戻る
back-to-step = そこへ戻る
looking = ページ上を探しています…
not-found = ページ上にまだ見つかりません。次を探してください: { $called }。
not-found-it = ページ上にまだ見つかりません。
several = { $called } に似たものがページに複数あるため、枠を表示しません。
several-it = 似たものがページに複数あるため、枠を表示しません。
ask-for-access = Handrail にアクセスを許可
open-page = ページを開く
skip = スキップ
all-done = すべてのステップが完了しました。
all-done-next = まだの場合は値を渡してから、ガイドを閉じてください。閉じると、ここにある値は消去されます。
renew-by = ポータルの表示では、資格情報は **{ $day }** に終了します。それまでに更新してください。このガイドに更新用の手順があります。
steps-done = ステップ · { $total } 中 { $over } 完了
step-todo = 未実行
step-current = 現在
step-done = 完了
step-already = 設定済み
step-skipped = スキップ済み
go-to-step = このステップへ移動
undo-how = 元に戻す方法
cancel-lead = 作業の記録と、ここにある値を消去します。ポータルでの変更はそのまま残ります。
cancel-no = 残す
restart = 最初からやり直す
cancel-yes = 消去する
pause = 一時停止
cancel = キャンセル
close = 閉じて消去

## Said aloud

aloud-other-directory = ガイドを停止しました。タブに別のディレクトリが表示されています。
aloud-paused = 一時停止中です。
aloud-step = ステップ { $n }: { $title }
aloud-passed = 確認に合格しました。
aloud-failed = 確認に失敗しました。
aloud-pending = お待ちください。確認は自動的に繰り返されます。
aloud-could-not-tell = 確認の結果は判定できませんでした。

## Values and the check

values = 値
reads-itself = ページに表示されるとすぐに読み取ります。
reads-itself-not = 指示したときだけ読み取る
reads-on-press = 指示したときだけページから読み取ります。
reads-on-press-not = 自動的に読み取る
read-now = ページから読み取る
value-missing = まだありません
value-good = 確認済み
value-overruled = ご判断で保持
value-bad = 問題があります
value-vendor-label = ベンダーでの名称は「{ $label }」
value-wiped = メモリから消去されました。もう一度貼り付けてください。
value-from-page = ページから読み取り
value-pasted = 貼り付け
value-hide = 隠す
value-show = 表示
value-remove = 削除
value-remove-this = { $label } を削除
did-you-mean = { $words } ではありませんか?
use-it = これを使う
paste-another = 別の値を貼り付け
paste-here = ここに貼り付けるか、ページでコピー
check = 確認
check-with = { $origin } で確認
values-missing = 不足しているか、問題があります: { $values }。
approve-lead = シークレットを含む値が **{ $origin }** に送信され、Microsoft に対して試されます。このアドレスで間違いありませんか?
approve-lead-practice = シークレットを含む値が **{ $origin }** に送信され、Microsoft に対して試されます。これは練習用サービスです。このアドレスで間違いありませんか?
approve = { $origin } を承認
prove = 証明する
prove-paste = 古いシークレットを貼り付けてください。{ $origin } が試すだけで、どこにも保存しません。

## Handing over

hand-over-lead = 値の名称と順序はベンダーのものです。メールに書いたシークレットは途中で読まれるおそれがあります。ベンダーが指定した方法で送り、通常のメールは使わないでください。
hand-over-hide = 再び隠す
hand-over-show = そのまま表示
hand-over-copy = テキストとしてコピー

## Records of changes

record = 変更の記録
records = 変更の記録 ({ $n })
records-due = まだ元に戻していないもの
record-forget = この記録を消去
record-by = 実行者: { $who }
record-save-text = テキストで保存
record-save-json = JSON で保存
record-when = { MOMENT($when) }
made-done = 完了
made-was-so = 設定済み
made-not-done = 未実行
undone-when = 元に戻した日時: { MOMENT($when) }
undone-not = まだ元に戻していない
undone-it-is = 元に戻した
undo-due = 元に戻す必要あり
undo-in-place = そのまま
link-share = 現在のステップを { $vendor } に知らせる
link-share-not = 現在のステップを { $vendor } に知らせるのをやめる
link-no-secret = ベンダーはこのリンクでシークレットを求めていませんが、この方法ではシークレットが作成されます。
    .next = このパネルを閉じてリンクのページでもう一度開くか、リンクのページで引き渡してください。
link-sealed = { $vendor } だけが開けるようにここで封をし、{ $origin } に送ります。
link-handed-over = { $vendor } に引き渡しました。ここにシークレットは残っていません。
