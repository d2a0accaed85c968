## The card

card-handle = 押すと開閉し、ドラッグまたは方向キーで移動します
card-copy = コピー
card-copied = コピーしました
card-back = 戻る
card-back-to-step = そこへ戻る
card-next = 実行しました
card-done = 完了
card-it-is-so = そのとおりです
card-leave-it = このままにする
card-nobody-has-it = もう誰も持っていない
card-go-on = 続行
card-directory = { $directory }
card-not-found = 次を探してください: { $called }。場所: { $menu }。
card-way = 場所: { $menu }。
card-left = ページが閉じられたか再読み込みされたため、ここからもう一度行います。
card-fell = Handrail はこのページで停止し、表示を取り除きました。ページは元のままで、作業の内容は失われていません。この説明に沿って進めるか、ページを再読み込みして枠とカードを戻してください。
card-folded = このウィンドウには表示しきれません。先にこれを開いてください。メニューの中にあります。
card-beyond = 長い一覧は見えている行だけを描画します。スクロールするか、検索してください。行が表示されると枠が付きます。
card-several = 似たものがページに複数あるため、枠を表示しません。よくお読みください。
card-other-directory = 別のディレクトリ
card-other-directory-text = このガイドは **{ $was }** で開始されました。タブには **{ $now }** が表示されています。別のディレクトリでは何も行いません。右上のディレクトリ メニューで元に戻し、**{ card-go-on }** を押してください。
card-back-in-directory = タブが正しいディレクトリに戻りました。**{ card-go-on }** を押してください。

## Why a step is over

mark-already-so = すでにそうなっていました。
mark-left-out = ご判断により省略しました。
mark-you-chose = それでも実行すると選択しました。
mark-you-went-on = 先に進みました。
mark-by-a-colleague = 他の担当者が行いました。

## What was found in a value

this-directory = このディレクトリ
command-says-no = コマンドの応答では、有効になっていません。
command-unclear = コマンドの応答ではないようです。
no-server-name = サーバー名だけになっていません。
copy-the-right-one = 正しいラベルの行から、もう一度コピーしてください。
look-alike = これは { $called } に表示される値です。必要なのは { $label } です。
looks-like-a-secret = シークレットのようです。必要なのは { $label } です。保存していません。
page-shows = ページの { $label } には別の値が表示されています: { $own }。
secret-length = { $n } 文字

## What the colleague is sent: everything in it may be read by anybody

for-colleague =
    「{ $title }」の続きをお願いします{ $directory ->
        [none] { "" }
       *[other] { " " }({ $directory })
    }。現在のステップ: { $step }

    必要なロール:
    { $roles }

    ポータルを開いて Handrail のボタンを押し、「{ take-over }」にこのテキスト全体を貼り付けてください。シークレットは含まれていません。

    { $code }

proved = { MOMENT($time) } に試行: { $what }

## What cannot be done, and what to do instead

refusal-hand-over-blocked = { $missing ->
    [none] 最後の確認に失敗したため、まだ何も渡せません。
   *[other] まだ何も渡せません。不足しているか、問題があります: { $missing }。
}
    .next = 確認で示された点を直し、もう一度確認してから渡してください。
refusal-link-other-origin = リンクの送信元は { $link } ですが、値の確認先として、承認されていない { $named } を指定しています。
    .next = このリンクは使わないでください。値をどこに送るべきか、リンクとは別の方法で送信者に確認してください。
refusal-guide-unfit = ベンダー独自のガイドが、Handrail が知らないこと、またはそのようなガイドに認めていないことを求めています。
    .next = 手作業で従わないでください。Handrail を更新するか、ベンダーに別のリンクを依頼してください。
refusal-link-unknown-guide = リンクが指定するガイドは、このバージョンにありません: { $guide }。
    .next = Handrail を更新するか、送信者に別のリンクを依頼してください。
refusal-link-broken = リンクが指定する確認サービスは、Web アドレスの形式ではありません。
    .next = 送信者に新しいリンクを依頼してください。
refusal-handed-broken = 引き継がれた作業の内容ではないか、一部が欠けています。
    .next = 送られてきたテキストを、最後の行まですべて貼り付けてください。
refusal-still-accepted = Microsoft はまだこのシークレットを受け付けます。
    .next = 削除されていること、このアプリのものであることを確かめて、もう一度試してください。すべてのサーバーに届くまで 1 分ほどかかります。
refusal-not-proved = 明確な応答がなかったため、何も証明されていません。
    .next = 1 分後にもう一度試してください。
refusal-proves-nothing = 試行しませんでした: { $what }
    .next = 古い値を全部貼り付けてください。もう誰も持っていない場合は、その旨を選んでください。
refusal-plan-broken = このガイドを読み込めませんでした。
    .next = Handrail を再インストールしてください。解決しない場合は、提供元に連絡してください。
refusal-check-unreachable = { $origin } に接続できませんでした。
    .next = 何も失われていません。接続を確かめて、もう一度ボタンを押してください。
refusal-check-no-answer = { $origin } から有効な応答がありませんでした (HTTP { $status })。
    .next = 何も失われていません。1 分後にもう一度試してください。解決しない場合は、サービスの運営者に連絡してください。
refusal-origin-not-approved = { $origin } への値の送信は承認されていません。
    .next = 先にそのアドレスを承認するか、別のものを選んでください。
refusal-policy-sending = 組織のポリシーにより、Handrail からの送信はすべて禁止されています。確認も引き渡しもできません。
    .next = ガイドと、ここで行う値の確認は引き続き使えます。変更できるのは、このブラウザーの管理者です。
refusal-policy-worker = 組織のポリシーで、確認サービス { $origin } は許可されていません。
    .next = そこには何も送信されません。このブラウザーの管理者に許可を依頼するか、許可されたサービスを使ってください。
refusal-policy-vendor = 組織のポリシーで、{ $vendor } からのリンクは許可されていません。
    .next = このリンクは使わないでください。心当たりがある場合は、このブラウザーの管理者にベンダーの許可を依頼してください。
refusal-host-blocked = 組織のポリシーにより、Handrail は { $host } で動作できません。そのため、ページにリングは表示されません。
    .next = 許可できるのは、このブラウザーの管理者です。それまではここの説明に従ってください。各ステップに行き方が示され、値は貼り付けられます。
refusal-host-withheld = ブラウザーが、ポータルのページ ({ $host } とそのフレーム) の全部または一部へのアクセスを Handrail に与えていません。
    .next = 下のボタンでアクセスを許可してください。ブラウザーが拒否する場合は、その管理者に依頼してください。それまではここの説明に従ってください。各ステップに行き方が示され、値は貼り付けられます。
refusal-host-closed = ブラウザーが Handrail を { $host } で動作させず、理由も示していません。
    .next = ページが読み込まれていない場合は、再読み込みしてください。そうでなければポリシーによるもので、変更できるのはこのブラウザーの管理者です。それまではここの説明に従ってください。各ステップに行き方が示され、値は貼り付けられます。
refusal-values-missing = 不足しているか、問題があります: { $values }。
    .next = 値を見直してください。不足分を貼り付け、誤りを直すか、このまま使うことを選んでください。
refusal-no-tab = 案内するブラウザー タブがありません。
    .next = タブでポータルを開き、そこで Handrail のボタンを押してください。
refusal-tab-busy = このタブでは別のガイドが進行中です: { $title }。
    .next = 先に完了またはキャンセルするか、別のタブを使ってください。
refusal-own-fault = Handrail が停止し、保存されていた内容から再開しました。直前の操作は失われた可能性があります。
    .next = ステップが正しいことを確かめて続けてください。再び起きる場合は、Handrail の提供元に連絡してください。
refusal-idle-wiped = 長時間操作がなかったため、シークレットをメモリから消去しました。
    .next = まだお持ちの場合はもう一度貼り付けてください。ない場合は、新しいクライアント シークレットを作成してください。
refusal-check-again = 値は最後に変更されてから、このリンクで確認されていません。
    .next = もう一度確認してから渡してください。
