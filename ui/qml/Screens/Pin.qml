// Six digits for the card. They stand in this screen only until they are handed over, as dots.
import QtQuick
import Onecard

FocusScope {
    id: pin

    property var view: ({})
    property var kiosk
    property string digits: ""
    property string first: ""
    property bool differed: false

    readonly property int length_: 6
    readonly property bool beside: !Tokens.tall
    readonly property bool busy: view.busy === true
    readonly property bool twice: view.twice === true

    focus: true
    onViewChanged: { digits = ""; first = ""; differed = false; }
    Component.onCompleted: forceActiveFocus()
    Component.onDestruction: { digits = ""; first = ""; }

    function add(key) { if (!busy && digits.length < length_) digits += key; }
    function hand() {
        if (digits.length !== length_ || busy) return;
        const given = digits;
        digits = "";
        if (twice && first === "") { first = given; differed = false; return; }
        if (twice && first !== given) { first = ""; differed = true; return; }
        first = "";
        kiosk.enterPin(given);
    }

    Keys.onPressed: event => {
        if (event.key === Qt.Key_Backspace) digits = digits.slice(0, -1);
        else if (event.key === Qt.Key_Return || event.key === Qt.Key_Enter) hand();
        else if (event.text >= "0" && event.text <= "9") add(event.text);
        else return;
        event.accepted = true;
    }

    Column {
        id: said
        // On a tall screen near the keys, not at the far end
        y: Tokens.tall ? Math.max(0, Math.min((keys.y - height) * 0.7, keys.y - height - Tokens.apart)) : 0
        width: pin.beside ? pin.width * 0.46 : pin.width
        spacing: Tokens.gap / (Tokens.compact ? 2 : 1)
        Row {
            width: parent.width
            spacing: Tokens.gap
            Rectangle {
                id: badge
                visible: !Tokens.small
                width: Tokens.headline * 1.5
                height: width
                radius: width / 2
                color: Tokens.groundRaised
                border.width: Tokens.highContrast ? Tokens.border : 0
                border.color: Tokens.pale
                Icon { anchors.centerIn: parent; name: "lock"; size: parent.width * 0.56; colour: Tokens.pale }
            }
            Sentence {
                width: parent.width - (badge.visible ? badge.width + parent.spacing : 0)
                anchors.verticalCenter: parent.verticalCenter
                room: Tokens.headline * (!Tokens.compact ? 2.6 : pin.view.largest ? 1.3 : 2.4)
                text: pin.view.title ?? ""
                size: Tokens.headline
                font.bold: true
                color: Tokens.pale
            }
        }
        Sentence {
            width: parent.width
            visible: text !== ""
            room: size * 1.4
            text: pin.view.largest ?? ""
            size: Tokens.compact ? Tokens.headline : Tokens.largest * 0.8
            font.bold: true
            color: Tokens.accentBright
        }
        Panel {
            width: parent.width
            height: Tokens.target * 1.2
            Accessible.role: Accessible.EditableText
            Accessible.name: pin.view.title ?? ""
            Accessible.description: qsTrId("ui.digits_typed").replace("{typed}", pin.digits.length).replace("{length}", pin.length_)
            Accessible.focusable: true
            Accessible.focused: pin.activeFocus
            FocusRing { visible: pin.activeFocus }
            Row {
                anchors.centerIn: parent
                spacing: Tokens.gap * 0.7
                Repeater {
                    model: pin.length_
                    Rectangle {
                        id: dot
                        required property int index
                        readonly property bool given: index < pin.digits.length
                        width: Tokens.iconSmall * 0.7
                        height: width
                        radius: width / 2
                        color: given ? Tokens.accent : "transparent"
                        border.width: Tokens.border
                        border.color: Tokens.accent
                        scale: given ? 1 : 0.8
                        Behavior on scale { NumberAnimation { duration: Tokens.quick; easing.type: Easing.OutBack } }
                    }
                }
            }
        }
        Sentence {
            width: parent.width
            visible: text !== ""
            room: pin.beside ? Math.min(Tokens.body * 2.6, pin.height - y) : Tokens.body * 2.6
            text: pin.differed ? qsTrId("visit.pin_differed")
                : pin.first !== "" ? qsTrId("visit.pin_again") : pin.view.detail ?? ""
            color: Tokens.focus
            font.bold: true
            Accessible.role: Accessible.AlertMessage
        }
    }

    Keypad {
        id: keys
        kind: "pin"
        scrambled: pin.view.scrambled === true
        ready: pin.digits.length === pin.length_ && !pin.busy
        x: pin.beside ? pin.width - width : 0
        readonly property real from: Tokens.tall
            ? Math.max(said.height + Tokens.apart, Tokens.height * 0.26 - pin.y - (pin.parent ? pin.parent.y : 0)) : said.height + Tokens.apart
        y: pin.beside ? 0 : pin.height - height
        width: pin.beside ? pin.width * 0.5 : pin.width
        height: pin.beside ? pin.height : Math.min(pin.height - from, Tokens.target * 7.6)
        onTyped: key => pin.add(key)
        onErased: pin.digits = pin.digits.slice(0, -1)
        onAccepted: pin.hand()
    }
}
