// What was done, one line each: a sign, a title, what became of it.
import QtQuick
import OnecardStyle

ListView {
    id: list

    property var rows: []
    // Whether the newest row, the last one, is kept in view.
    property bool follows: false
    // Amounts need little room; a Chinese character takes as much as two figures.
    readonly property bool amounts: rows.length > 0 && rows.every(row => row.note !== "" && wide(row.note) < 18)
    // Title and outcome stand in one line where it is wide enough: more rows are in view.
    readonly property bool oneLine: width > Tokens.label * (amounts ? 13 : 18)
    // The height all rows would need.
    readonly property real wanted: count * ((oneLine ? Tokens.label * (Tokens.small ? 1.8 : 2.4) : Tokens.label * 2.9) + spacing)

    function wide(note) {
        return note.length + (note.match(/[^\x00-\xff]/g) ?? []).length;
    }

    model: rows
    clip: true
    spacing: Tokens.gap / 2
    boundsBehavior: Flickable.StopAtBounds
    activeFocusOnTab: contentHeight > height
    keyNavigationEnabled: true
    reuseItems: false
    Accessible.role: Accessible.List
    Accessible.name: qsTrId("ui.list")
    // A row finds its height only when it is laid out.
    onContentHeightChanged: Qt.callLater(follow)
    onHeightChanged: Qt.callLater(follow)
    // New rows replace the model, which begins at its top again even where the height stays the same.
    onRowsChanged: Qt.callLater(follow)
    function follow() {
        if (!follows)
            return;
        forceLayout();
        positionViewAtEnd();
    }
    ScrollBar.vertical: ScrollBar { id: bar }
    FocusRing { visible: list.activeFocus; of: Tokens.radius / 2; z: 2; parent: list }

    delegate: Rectangle {
        id: row
        required property var modelData
        required property int index
        readonly property color tone: Tokens.tone(modelData.tone)
        // By what the rows want, never by what they got: a row that gives way to the bar may become so low
        // that no bar is needed.
        width: list.width - (list.wanted > list.height ? bar.width + Tokens.gap / 4 : 0)
        // Rows are read, not touched: on a small panel more of them are in view.
        height: Math.max(Tokens.small ? Tokens.label * 1.7 : Tokens.target * 0.8, texts.height + Tokens.gap / 2)
        radius: Tokens.radius / 2
        color: Tokens.surfaceSoft
        border.width: Tokens.highContrast ? Tokens.border : 0
        border.color: Tokens.ink
        Accessible.role: Accessible.ListItem
        Accessible.name: modelData.title + " " + modelData.note

        Icon {
            id: sign
            // Drawn shapes are not clipped by every renderer: a row half out of view shows none.
            visible: row.y >= list.contentY - 1 && row.y + row.height <= list.contentY + list.height + 1
            name: row.modelData.picture ? row.modelData.picture : row.modelData.tone === "confirmed" ? "tick" : row.modelData.tone === "refused" ? "cross" : "clock"
            colour: row.tone
            size: Tokens.iconSmall * (row.modelData.picture ? 1.4 : 1)
            x: Tokens.gap / 2
            anchors.verticalCenter: parent.verticalCenter
        }
        TextMetrics {
            id: alone
            text: row.modelData.note
            font { family: Tokens.family; pixelSize: Math.floor(Tokens.label * 0.9) }
        }
        Grid {
            id: texts
            columns: list.oneLine ? 2 : 1
            verticalItemAlignment: Grid.AlignVCenter
            readonly property bool apart: list.oneLine && row.modelData.note !== ""
            // An amount stands in one line; a sentence leaves the title its part.
            readonly property real aside: apart ? Math.min(alone.advanceWidth + Tokens.border, width * (list.amounts || Tokens.small ? 0.5 : 0.47)) : 0
            columnSpacing: Tokens.gap / 2
            x: sign.x + sign.width + Tokens.gap / 2
            width: row.width - x - Tokens.gap / 2
            anchors.verticalCenter: parent.verticalCenter
            Sentence {
                width: parent.width - (texts.apart ? texts.aside + texts.columnSpacing : 0)
                text: row.modelData.title
                size: Tokens.label
                room: list.oneLine ? size * 1.5 : 0
                lineHeight: 1
                least: 0.75
                maximumLineCount: 2
                elide: Text.ElideRight
                font.bold: true
                Accessible.ignored: true
            }
            Sentence {
                width: texts.apart ? texts.aside : parent.width
                horizontalAlignment: texts.apart ? Text.AlignRight : Text.AlignLeft
                text: row.modelData.note
                visible: text !== ""
                size: Tokens.label * 0.9
                room: list.oneLine ? size * 1.5 : 0
                least: 0.75
                lineHeight: 1
                maximumLineCount: 2
                elide: Text.ElideRight
                color: row.tone
                Accessible.ignored: true
            }
        }
        // The basket grows: the newest line comes in from the side of the scanner.
        NumberAnimation on opacity {
            running: list.follows && row.index === list.count - 1 && !Tokens.reducedMotion
            from: 0; to: 1; duration: Tokens.calm
        }
    }
}
