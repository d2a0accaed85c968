language-name = 日本語
language-tag = ja
language-direction = ltr
manifest-description = Microsoft 365 連携の次の手順を管理ポータル上で示し、すべての値を確認します。自らは何も変更しません。
manifest-open = Handrail を開く
