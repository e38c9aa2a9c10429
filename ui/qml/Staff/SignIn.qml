// Number, then PIN; or a staff card on the reader. Digits stand here only until they are handed over, as dots.
import QtQuick
import Onecard

FocusScope {
    id: signIn

    property var page: ({})
    property var staff
    property string number: ""
    property string digits: ""
    property bool asksPin: false

    readonly property int longestNumber: 4
    readonly property int longestPin: 12
    readonly property int shortestPin: 6
    readonly property bool beside: !Tokens.tall
    readonly property bool waits: page.busy === true || (page.wait_s ?? 0) > 0
    readonly property bool ready: !waits && (asksPin ? digits.length >= shortestPin : number !== "")
    readonly property string message: staff ? staff.frame.message ?? "" : ""

    focus: true
    Component.onDestruction: { digits = ""; number = ""; }
    onMessageChanged: if (message !== "") { digits = ""; }

    function add(key) {
        if (waits || key < "0" || key > "9" || key.length !== 1) return;
        if (asksPin) { if (digits.length < longestPin) digits += key; }
        else if (number.length < longestNumber) number += key;
    }
    function erase() {
        if (asksPin && digits === "") asksPin = false;
        else if (asksPin) digits = digits.slice(0, -1);
        else number = number.slice(0, -1);
    }
    function hand() {
        if (!ready) return;
        if (!asksPin) { asksPin = true; return; }
        const given = digits;
        digits = "";
        staff.signIn(parseInt(number), given);
    }

    Keys.onPressed: event => {
        if (event.key === Qt.Key_Backspace) erase();
        else if (event.key === Qt.Key_Return || event.key === Qt.Key_Enter) hand();
        else if (event.text >= "0" && event.text <= "9" && event.text.length === 1) add(event.text);
        else return;
        event.accepted = true;
    }

    Column {
        id: said
        width: signIn.beside ? signIn.width * 0.46 : signIn.width
        spacing: Tokens.gap / 2
        Sentence {
            width: parent.width
            room: Tokens.headline * 1.4
            text: signIn.asksPin ? qsTrId("staff.sign_in.pin") : qsTrId("staff.sign_in.number")
            size: Tokens.headline * 0.8
            font.bold: true
        }
        Panel {
            width: parent.width
            height: Tokens.target
            border.width: Tokens.border
            border.color: Tokens.accent
            Accessible.role: Accessible.EditableText
            Accessible.name: signIn.asksPin ? qsTrId("staff.sign_in.pin") : qsTrId("staff.sign_in.number")
            Accessible.description: signIn.asksPin ? signIn.digits.length : signIn.number
            Text {
                textFormat: Text.PlainText
                objectName: "typed"
                anchors.centerIn: parent
                text: signIn.asksPin ? "●".repeat(signIn.digits.length) : signIn.number
                color: Tokens.ink
                font.family: Tokens.family
                font.pixelSize: Tokens.headline * (signIn.asksPin ? 0.55 : 0.8)
                font.letterSpacing: Tokens.gap / 4
                font.bold: true
                Accessible.ignored: true
            }
        }
        Sentence {
            objectName: "signInMessage"
            width: parent.width
            visible: text !== ""
            room: Tokens.body * 2.6
            size: Tokens.body * 0.85
            text: signIn.page.busy === true ? qsTrId("staff.sign_in.checking")
                : (signIn.page.wait_s ?? 0) > 0 ? signIn.message + "\n" + qsTrId("staff.sign_in.locked").replace("{seconds}", signIn.page.wait_s)
                : signIn.message
            color: signIn.page.busy === true ? Tokens.accent : Tokens.refused
            font.bold: true
            Accessible.role: Accessible.AlertMessage
        }
        Row {
            width: parent.width
            spacing: Tokens.gap / 2
            Icon { id: cardSign; name: "card"; size: Tokens.iconSmall; colour: Tokens.inkSoft }
            Sentence {
                width: parent.width - cardSign.width - parent.spacing
                room: Tokens.dense * 2.6
                text: signIn.page.detail ?? ""
                size: Tokens.dense * 0.8
                color: Tokens.inkSoft
            }
        }
    }

    Keypad {
        onWhite: true
        kind: "digits"
        ready: signIn.ready
        x: signIn.beside ? signIn.width - width : 0
        readonly property real from: Tokens.tall ? Math.max(said.height + Tokens.gap, Tokens.height * 0.27 - signIn.y) : 0
        y: from
        width: signIn.beside ? signIn.width * 0.5 : signIn.width
        height: signIn.beside ? signIn.height : Math.min(signIn.height - from, Tokens.target * 6)
        onTyped: key => signIn.add(key)
        onErased: signIn.erase()
        onAccepted: signIn.hand()
    }
}
