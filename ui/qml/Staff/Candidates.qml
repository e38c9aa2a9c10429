// What the pinyin typed so far may mean, to choose from by touch or by its number.
import QtQuick
import Onecard

Item {
    id: strip

    property string letters
    property var staff
    property int first: 0
    readonly property var all: letters !== "" && staff ? staff.candidates(letters) : []
    readonly property real space: Tokens.gap / 3
    readonly property real room: width - spelt.width - Tokens.target * 1.9 - 2 * space
    readonly property var shown: fitting(first)
    signal chosen(string text, int letters)

    onLettersChanged: first = 0

    function wide(text) { return Math.max(Tokens.target, (text.length + 1) * Tokens.dense + Tokens.gap); }
    // As many as stand side by side.
    function fitting(from) {
        const row = [];
        let left = room;
        for (const each of all.slice(from, from + 9)) {
            left -= wide(each.text);
            if (left < 0) break;
            row.push(each);
            left -= space;
        }
        return row;
    }
    function choose(place) { if (place < shown.length) chosen(shown[place].text, shown[place].letters); }
    function turn() { first = first + shown.length < all.length ? first + shown.length : 0; }

    Text {
        id: spelt
        objectName: "spelt"
        anchors.verticalCenter: parent.verticalCenter
        width: Math.min(implicitWidth, strip.width * 0.3)
        rightPadding: Tokens.gap / 2
        text: strip.letters
        textFormat: Text.PlainText
        color: Tokens.accent
        font.family: Tokens.family
        font.pixelSize: Tokens.dense
        font.underline: true
        elide: Text.ElideLeft
        Accessible.role: Accessible.StaticText
        Accessible.name: text
    }
    Row {
        x: spelt.width + strip.space
        height: parent.height
        spacing: strip.space
        Repeater {
            model: strip.shown
            StaffChoice {
                required property var modelData
                required property int index
                objectName: "candidate-" + index
                width: strip.wide(modelData.text)
                height: strip.height
                focusPolicy: Qt.NoFocus
                text: (index + 1) + " " + modelData.text
                Accessible.name: modelData.text
                onClicked: strip.choose(index)
            }
        }
    }
    StaffChoice {
        id: more
        objectName: "moreCandidates"
        visible: strip.shown.length < strip.all.length
        anchors.right: parent.right
        width: Tokens.target * 1.9
        height: strip.height
        focusPolicy: Qt.NoFocus
        text: qsTrId("ui.keys.more")
        onClicked: strip.turn()
    }
}
