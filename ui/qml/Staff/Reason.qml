// A sentence that goes on record: a ready one by touch, or one's own by keys. Also takes a right value.
import QtQuick
import Onecard

FocusScope {
    id: reason

    property var page: ({})
    property var staff
    property alias typed: field.text
    readonly property bool correcting: page.kind === "correct"
    property bool typing: correcting
    // Letters are pinyin, and what is spelt so far.
    property bool chinese: false
    property string spelt: ""

    readonly property var ready: page.reasons ?? []

    focus: true
    onPageChanged: clear()
    onStaffChanged: clear()
    Connections {
        target: reason
        function onCorrectingChanged() { reason.typing = reason.correcting; reason.clear(); }
    }
    function clear() {
        typed = "";
        spelt = "";
        chinese = !correcting && staff ? staff.frame.language === "zh_CN" : false;
    }
    function hand() {
        if (spelt !== "") take(spelt, spelt.length);
        else if (typed.trim() !== "") staff.give(typed);
    }
    function take(text, letters) {
        spelt = spelt.slice(letters);
        field.insert(field.cursorPosition, text);
    }
    function add(key) {
        if (chinese && /^[A-Za-z]$/.test(key)) spelt += key.toLowerCase();
        else if (key === " " && spelt !== "") candidates.choose(0);
        else field.insert(field.cursorPosition, key);
    }
    function erase() {
        if (spelt !== "") spelt = spelt.slice(0, -1);
        else if (field.selectedText !== "") field.remove(field.selectionStart, field.selectionEnd);
        else field.remove(field.cursorPosition - 1, field.cursorPosition);
    }

    // A finger leaves the focus to the field: what a keyboard on the desk types next stands there.
    function settle() { if (!Tokens.byKeys) field.forceActiveFocus(); }
    // Of a keyboard on the desk, whatever has the focus; an input method of its own speaks to the field.
    function press(event) {
        const place = event.key - Qt.Key_1;
        const spelling = spelt !== "";
        const apart = !field.activeFocus;
        if (!typing || event.modifiers & (Qt.ControlModifier | Qt.AltModifier)) return;
        if (event.key === Qt.Key_Return || event.key === Qt.Key_Enter) hand();
        else if (event.key === Qt.Key_Backspace && (spelling || apart)) erase();
        else if (event.key === Qt.Key_Escape && spelling) spelt = "";
        else if (event.key === Qt.Key_PageDown && spelling) candidates.turn();
        else if (spelling && place >= 0 && place < 9) candidates.choose(place);
        else if (event.text >= " " && (apart || spelling && event.text === " " || chinese && /^[A-Za-z]$/.test(event.text))) add(event.text);
        else return;
        event.accepted = true;
    }
    Keys.onPressed: event => press(event)

    Column {
        id: said
        visible: reason.spelt === ""
        width: parent.width
        spacing: Tokens.gap / 3
        Sentence {
            width: parent.width
            room: Tokens.headline * 0.9
            text: reason.page.title ?? ""
            size: Tokens.headline * 0.62
            font.bold: true
        }
        Sentence {
            width: parent.width
            room: Tokens.dense * 2
            text: reason.page.detail ?? ""
            size: Tokens.dense * 0.8
            color: Tokens.inkSoft
        }
    }

    Grid {
        id: choices
        visible: !reason.typing
        y: said.height + Tokens.gap / 2
        width: parent.width
        spacing: Tokens.gap / 3
        readonly property int count: reason.ready.length + 2
        columns: count * (72 + spacing) - spacing > reason.height - y ? 2 : 1
        readonly property int lines: Math.ceil(count / columns)
        readonly property real wide: (width - (columns - 1) * spacing) / columns
        readonly property real each: Math.max(72, Math.min(Tokens.target, (reason.height - y - (lines - 1) * spacing) / lines))
        Repeater {
            model: reason.ready
            StaffChoice {
                required property string modelData
                required property int index
                objectName: "reason-" + index
                width: choices.wide
                height: choices.each
                picture: "tick"
                text: modelData
                onClicked: reason.staff.give(modelData)
            }
        }
        StaffChoice {
            objectName: "reasonOther"
            width: choices.wide
            height: choices.each
            picture: "form"
            text: qsTrId("staff.reason.other")
            onClicked: { reason.typing = true; field.forceActiveFocus(); }
        }
        StaffChoice {
            objectName: "back"
            width: choices.wide
            height: choices.each
            picture: "back"
            text: qsTrId("staff.back")
            onClicked: reason.staff.back()
        }
    }

    Candidates {
        id: candidates
        visible: reason.spelt !== ""
        width: parent.width
        height: Math.max(72, Tokens.target * 0.9)
        letters: reason.spelt
        staff: reason.staff
        onChosen: (text, letters) => { reason.take(text, letters); reason.settle(); }
    }

    Row {
        id: line
        visible: reason.typing
        y: Math.max(said.height, candidates.height) + Tokens.gap / 2
        width: parent.width
        spacing: Tokens.gap / 3
        Panel {
            width: parent.width - (accept.visible ? accept.width + parent.spacing : 0) - away.width - tongue.width - 2 * parent.spacing
            height: Math.max(72, Tokens.target * 0.9)
            radius: Tokens.radius / 2
            border.width: Tokens.border
            border.color: Tokens.accent
            FocusRing { visible: field.activeFocus && Tokens.byKeys; of: parent.radius }
            // A keyboard on the desk types here, with an input method of its own or without.
            TextInput {
                id: field
                objectName: "typedReason"
                focus: true
                anchors { fill: parent; margins: Tokens.gap / 3 }
                color: Tokens.ink
                font.family: Tokens.family
                font.pixelSize: Tokens.dense
                clip: true
                maximumLength: 200
                verticalAlignment: Text.AlignVCenter
                Accessible.role: Accessible.EditableText
                Accessible.name: reason.page.title ?? ""
                Accessible.description: text
                Keys.onPressed: event => reason.press(event)
            }
        }
        StaffChoice {
            id: tongue
            objectName: "tongue"
            width: Tokens.target * 1.6
            height: accept.height
            focusPolicy: Qt.TabFocus
            text: reason.chinese ? qsTrId("staff.keys.pinyin") : qsTrId("staff.keys.latin")
            Accessible.name: qsTrId("staff.keys.change")
            Accessible.description: text
            onClicked: { reason.spelt = ""; reason.chinese = !reason.chinese; field.forceActiveFocus(); }
        }
        StaffChoice {
            id: away
            objectName: "away"
            width: Tokens.target * 1.9
            height: accept.height
            picture: "back"
            text: qsTrId("staff.back")
            onClicked: { reason.spelt = ""; reason.correcting ? reason.staff.back() : reason.typing = false; }
        }
        BigButton {
            id: accept
            onWhite: true
            objectName: "acceptReason"
            visible: !Tokens.tall
            width: Tokens.target * 2
            height: Math.max(72, Tokens.target * 0.9)
            enabled: reason.typed.trim() !== "" || reason.spelt !== ""
            picture: "tick"
            text: qsTrId("ui.accept")
            onClicked: reason.hand()
        }
    }
    Keypad {
        onWhite: true
        visible: reason.typing
        kind: "text"
        ready: reason.typed.trim() !== "" || reason.spelt !== ""
        width: parent.width
        height: Math.min(reason.height - line.y - line.height - Tokens.gap / 2, Tokens.target * (Tokens.tall ? 7.4 : 6))
        y: Tokens.tall ? line.y + line.height + Tokens.gap / 2 : reason.height - height
        onTyped: key => { reason.add(key); reason.settle(); }
        onErased: { reason.erase(); reason.settle(); }
        onAccepted: reason.hand()
    }
}
