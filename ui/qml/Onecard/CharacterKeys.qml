// Chinese characters by candidates: the frequent surnames first, then the frequent characters of given names,
// and every other one by a part of it that can be seen (water, wood, grass …). No pinyin, no strokes to count.
import QtQuick

FocusScope {
    id: keys

    // {surnames: [..], frequent: [..], components: [{part, characters}, ..]}
    property var characters: ({})
    property bool surnames: false

    signal typed(string key)
    signal erased()
    signal lettersWanted()

    // "" for the frequent ones, "parts" for the parts, else a part
    property string part: ""
    property int page: 0
    onSurnamesChanged: turn("")

    readonly property var parts: characters.components.map(each => each.part)
    readonly property var all: part === "parts" ? parts
        : part !== "" ? characters.components.find(each => each.part === part).characters
        : surnames ? characters.surnames : characters.frequent

    readonly property real space: Tokens.small ? Tokens.gap / 2 : Tokens.apart
    readonly property int across: Math.max(4, Math.floor((width + space) / (Tokens.target + space)))
    readonly property real side: (width - (across - 1) * space) / across
    // Three to a line where six would have no room for their words
    readonly property bool folded: Tokens.close && Tokens.tall
    readonly property real turnHeight: Tokens.small ? Tokens.target * 0.8 : folded ? Tokens.least : Tokens.target
    readonly property real turning: folded ? 2 * turnHeight + space : turnHeight
    readonly property int down: Math.max(1, Math.floor((height - turning) / (Tokens.least + space)))
    readonly property real rowHeight: (height - turning - down * space) / down
    readonly property int perPage: across * down
    readonly property int pages: Math.max(1, Math.ceil(all.length / perPage))

    function turn(to) { part = to; page = 0; }
    function take(face) {
        if (part === "parts") { turn(face); return; }
        turn("");
        typed(face);
    }

    Grid {
        columns: keys.across
        spacing: keys.space
        Repeater {
            model: keys.all.slice(keys.page * keys.perPage, (keys.page + 1) * keys.perPage)
            PadKey {
                required property string modelData
                width: keys.side
                height: keys.rowHeight
                face: modelData
                onPressed_: face => keys.take(face)
            }
        }
    }
    Grid {
        anchors { left: parent.left; right: parent.right; bottom: parent.bottom }
        columns: keys.folded ? 3 : 6
        spacing: keys.space
        readonly property real part_: (width - (columns - 1) * spacing) / columns

        Turn {
            objectName: "key-frequent"
            text: keys.surnames ? qsTrId("ui.keys.surnames") : qsTrId("ui.keys.frequent")
            enabled: keys.part !== ""
            onClicked: keys.turn("")
        }
        Turn {
            objectName: "key-parts"
            text: qsTrId("ui.keys.parts")
            enabled: keys.part !== "parts"
            onClicked: keys.turn("parts")
        }
        Turn {
            objectName: "key-more"
            text: qsTrId("ui.keys.more")
            enabled: keys.pages > 1
            onClicked: keys.page = (keys.page + 1) % keys.pages
        }
        Turn { objectName: "key-·"; text: "·"; onClicked: keys.typed("·"); Accessible.name: qsTrId("ui.keys.dot") }
        Turn { objectName: "key-letters"; text: qsTrId("ui.keys.letters"); onClicked: keys.lettersWanted() }
        Turn { objectName: "key-erase"; picture: "erase"; onClicked: keys.erased(); Accessible.name: qsTrId("ui.erase") }
    }

    component Turn: BigButton {
        width: parent.part_
        height: keys.turnHeight
        padding: Tokens.gap / 4
        quiet: true
    }
}
