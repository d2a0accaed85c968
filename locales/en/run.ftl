# The card on the page, and what the run says of itself.

## The card

card-handle = Press to fold or unfold, pull or use the arrow keys to move
card-copy = Copy
card-copied = Copied
card-back = Back
card-back-to-step = Take me back
card-next = I did it
card-done = Done
card-it-is-so = It is so
card-leave-it = Leave it as it is
card-nobody-has-it = Nobody has it any more
card-go-on = Go on
card-directory = In { $directory }
card-not-found = Look for { $called }. The way there: { $menu }.
card-way = The way there: { $menu }.
card-left = The page was closed or loaded anew, so this is done again from here.
card-fell = Handrail failed in this page and took itself away. The page is as it was, and nothing of the run is lost: go on with these words, or load the page again to have ring and card back.
card-folded = There is no room for it in this window: press this first, it is in the menu.
card-beyond = A long list draws only the rows in view: scroll it, or search in it. The ring comes when it is there.
card-several = There is more than one thing on the page that looks like it, so no ring is drawn. Read carefully.
card-other-directory = Another directory
card-other-directory-text = This guide was begun in **{ $was }**. The tab now shows **{ $now }**. Nothing is done in another directory. Switch back with the directory menu at the top right, then press **{ card-go-on }**.
card-back-in-directory = The tab is back in the right directory. Press **{ card-go-on }**.

## Why a step is over

mark-already-so = It was already so.
mark-left-out = Left out, as you decided.
mark-you-chose = You chose to do it all the same.
mark-you-went-on = You went on.
mark-by-a-colleague = A colleague did it.

## What was found in a value

this-directory = this directory
command-says-no = The command's answer says that this is not switched on.
command-unclear = This does not look like the command's answer.
no-server-name = This is not the bare name of a server.
copy-the-right-one = Copy it again, from the line with the right label.
look-alike = This is what { $called } shows, not the { $label }.
looks-like-a-secret = This looks like a secret, not the { $label }. It was not kept.
page-shows = The page shows another { $label }: { $own }.
secret-length = { $n ->
    [one] { $n } character
   *[other] { $n } characters
}

## What the colleague is sent: everything in it may be read by anybody

for-colleague =
    Please go on with “{ $title }”{ $directory ->
        [none] { "" }
       *[other] { " " }in { $directory }
    }. It stands at: { $step }.

    The roles it needs:
    { $roles }

    Open the portal, press Handrail's button, and paste this whole text under “{ take-over }”. No secret is in it.

    { $code }

proved = Tried on { MOMENT($time) }: { $what }

## What cannot be done, and what to do instead

refusal-hand-over-blocked = { $missing ->
    [none] The last check failed, so nothing is handed over yet.
   *[other] Nothing is handed over yet. Missing, or something is wrong with it: { $missing }.
}
    .next = Mend what the check names, check again, then hand over.
refusal-link-other-origin = The link is from { $link } but wants the values checked at { $named }, which was not approved.
    .next = Do not go on with this link. Ask the sender, by another way than this link, where the values are meant to go.
refusal-guide-unfit = The vendor's own guide asks for something that Handrail does not know, or does not let such a guide ask for.
    .next = Do not follow it by hand. Update Handrail, or ask the vendor for another link.
refusal-link-unknown-guide = The link asks for a guide that is not in this version: { $guide }.
    .next = Update Handrail, or ask the sender for another link.
refusal-link-broken = The link names a checking service in a form that is no web address.
    .next = Ask the sender for a new link.
refusal-handed-broken = This is no run that a colleague handed over, or a part of it is missing.
    .next = Paste the whole text the colleague sent, its last line too.
refusal-still-accepted = Microsoft still accepts this secret.
    .next = Make sure that it is deleted, that it is the one of this app, and try again: it takes a minute to reach every server.
refusal-not-proved = There was no clear answer, so nothing is proved.
    .next = Try again in a minute.
refusal-proves-nothing = This was not tried: { $what }
    .next = Paste the whole old Value. If nobody has it any more, say so.
refusal-plan-broken = This guide could not be read.
    .next = Install Handrail anew; if it stays so, tell whoever gave it to you.
refusal-check-unreachable = { $origin } could not be reached.
    .next = Nothing was lost. Look at your connection and press the button again.
refusal-check-no-answer = { $origin } gave no usable answer (HTTP { $status }).
    .next = Nothing was lost. Try again in a minute; if it stays so, tell whoever runs the service.
refusal-origin-not-approved = Values have not been approved for { $origin }.
    .next = Approve the address by name first, or choose another.
refusal-policy-sending = Your organisation's policy lets Handrail send nothing: no check, no hand-over.
    .next = Guides and what is checked here go on working. Whoever manages this browser can change it.
refusal-policy-worker = Your organisation's policy does not allow the checking service { $origin }.
    .next = Nothing is sent there. Ask whoever manages this browser to allow it, or use a service that is allowed.
refusal-policy-vendor = Your organisation's policy does not allow links from { $vendor }.
    .next = Do not go on with this link. If you expected it, ask whoever manages this browser to allow the vendor.
refusal-host-blocked = Your organisation's policy keeps Handrail off { $host }, so there is no ring on the page.
    .next = Whoever manages this browser can allow it. Until then go by the words here: every step says the way, and values can be pasted.
refusal-host-withheld = The browser withholds from Handrail the portal's pages ({ $host } and its frames), all or some of them.
    .next = Give access below; if the browser refuses, ask whoever manages it. Until then go by the words here: every step says the way, and values can be pasted.
refusal-host-closed = The browser does not let Handrail onto { $host } and does not say why.
    .next = If the page did not load, load it again. Otherwise a policy does it, which whoever manages this browser can change. Until then go by the words here: every step says the way, and values can be pasted.
refusal-values-missing = Missing, or something is wrong with it: { $values }.
    .next = Look at the values: paste what is missing, mend what is wrong, or say that you use it anyway.
refusal-no-tab = There is no browser tab to guide you in.
    .next = Open the portal in a tab and press Handrail's button there.
refusal-tab-busy = Another guide is under way in this tab: { $title }.
    .next = Finish or cancel it first, or use another tab.
refusal-own-fault = Handrail failed and began anew with what was saved. What you did last may be lost.
    .next = Look whether the step is the right one and go on. If it happens again, tell whoever gave Handrail to you.
refusal-idle-wiped = The secret was wiped from memory because nothing happened for a long time.
    .next = Paste it again if you still have it. If not, make a new client secret.
refusal-check-again = The values were not checked under this link since they last changed.
    .next = Check them once more, then hand over.
