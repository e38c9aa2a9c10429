// What was done, one line each: a title, what became of it, and its sign.
import QtQuick

ListView {
    id: list

    property var rows: []
    // Whether the newest row, the last one, is kept in view.
    property bool follows: false

    model: rows
    clip: true
    spacing: Tokens.gap / 3
    boundsBehavior: Flickable.StopAtBounds
    activeFocusOnTab: contentHeight > height
    keyNavigationEnabled: true
    Accessible.role: Accessible.List
    onCountChanged: if (follows) positionViewAtEnd()

    delegate: Rectangle {
        id: row
        required property var modelData
        width: list.width
        height: Math.max(Tokens.target * 0.8, texts.height + Tokens.gap / 2)
        radius: Tokens.radius / 2
        color: Tokens.surfaceSoft
        Accessible.role: Accessible.ListItem
        Accessible.name: modelData.title + " " + modelData.note

        Icon {
            id: sign
            // Drawn shapes are not clipped by every renderer: a row half out of view shows none.
            visible: row.y >= list.contentY - 1 && row.y + row.height <= list.contentY + list.height + 1
            name: row.modelData.picture ? row.modelData.picture : row.modelData.tone === "confirmed" ? "tick" : row.modelData.tone === "refused" ? "cross" : "clock"
            colour: Tokens.tone(row.modelData.tone)
            size: Tokens.iconSmall * (row.modelData.picture ? 1.4 : 1)
            x: Tokens.gap / 2
            anchors.verticalCenter: parent.verticalCenter
        }
        Column {
            id: texts
            x: sign.x + sign.width + Tokens.gap / 2
            width: row.width - x - Tokens.gap / 2
            anchors.verticalCenter: parent.verticalCenter
            Text {
                width: parent.width
                text: row.modelData.title
                color: Tokens.ink
                font.family: Tokens.family
                font.pixelSize: Tokens.label
                font.bold: true
                elide: Text.ElideRight
                textFormat: Text.PlainText
                Accessible.ignored: true
            }
            Text {
                width: parent.width
                text: row.modelData.note
                visible: text !== ""
                color: Tokens.tone(row.modelData.tone)
                font.family: Tokens.family
                font.pixelSize: Tokens.label * 0.9
                elide: Text.ElideRight
                textFormat: Text.PlainText
                Accessible.ignored: true
            }
        }
    }
}
