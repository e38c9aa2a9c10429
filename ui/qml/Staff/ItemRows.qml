// Rows of a long list: only what is in view exists, and what scrolls away is used again.
import QtQuick
import QtQuick.Templates as T
import Onecard

ListView {
    id: list

    property var rows: null
    // How many lines the note of a row may take.
    property int lines: 1
    signal opened(string key)

    model: rows
    clip: true
    reuseItems: true
    // Rows made ahead are made in the background, and would outlive rows that are gone.
    cacheBuffer: 0
    spacing: Tokens.gap / 4
    boundsBehavior: Flickable.StopAtBounds
    activeFocusOnTab: true
    keyNavigationEnabled: true
    highlightMoveDuration: 0
    onCountChanged: if (currentIndex < 0 && count > 0) currentIndex = 0
    Accessible.role: Accessible.List
    Keys.onPressed: event => {
        const page = Math.max(1, Math.floor(height / (Tokens.target + spacing)));
        if (event.key === Qt.Key_PageDown) currentIndex = Math.min(count - 1, currentIndex + page);
        else if (event.key === Qt.Key_PageUp) currentIndex = Math.max(0, currentIndex - page);
        else if (event.key === Qt.Key_Home) currentIndex = 0;
        else if (event.key === Qt.Key_End) currentIndex = count - 1;
        else if ((event.key === Qt.Key_Return || event.key === Qt.Key_Enter) && currentItem) opened(currentItem.key);
        else return;
        event.accepted = true;
    }

    delegate: T.AbstractButton {
        id: row
        required property string key
        required property string title
        required property string note
        required property string stamp
        required property string tone
        required property string picture
        required property int index

        objectName: "row-" + index
        width: list.width - bar.width - Tokens.gap / 4
        height: Tokens.target + (list.lines - 1) * Tokens.dense * 0.5
        focusPolicy: Qt.NoFocus
        text: title
        Accessible.role: Accessible.ListItem
        Accessible.name: title + ". " + note + ". " + stamp
        Accessible.onPressAction: click()
        onClicked: { list.currentIndex = index; list.opened(key); }

        background: Rectangle {
            radius: Tokens.radius / 2
            color: row.down ? Tokens.line : Tokens.surface
            border.width: here ? Tokens.focusBorder : Tokens.highContrast ? Tokens.border : 0
            border.color: here ? Tokens.focus : Tokens.line
            readonly property bool here: list.activeFocus && list.currentIndex === row.index
            Rectangle {
                visible: parent.here
                anchors { fill: parent; margins: Tokens.focusBorder }
                radius: parent.radius - Tokens.focusBorder / 2
                color: "transparent"
                border.width: Tokens.border
                border.color: Tokens.focusEdge
            }
            Rectangle {
                width: Tokens.gap / 3
                height: parent.height
                radius: parent.radius
                color: Tokens.tone(row.tone)
            }
        }
        contentItem: Item {
            Icon {
                id: sign
                // Drawn shapes are not clipped by every renderer: a row half out of view shows none.
                visible: row.y >= list.contentY - 1 && row.y + row.height <= list.contentY + list.height + 1
                name: row.picture
                colour: Tokens.tone(row.tone)
                size: Tokens.iconSmall
                x: Tokens.gap
                anchors.verticalCenter: parent.verticalCenter
            }
            Column {
                x: sign.x + sign.width + Tokens.gap / 2
                width: when.x - x - Tokens.gap / 2
                anchors.verticalCenter: parent.verticalCenter
                Line { text: row.title; font.bold: true; color: Tokens.ink }
                Line {
                    text: row.note
                    font.pixelSize: Tokens.dense * 0.68
                    color: Tokens.tone(row.tone)
                    maximumLineCount: list.lines
                    wrapMode: list.lines > 1 ? Text.Wrap : Text.NoWrap
                }
            }
            Line {
                id: when
                x: parent.width - width - Tokens.gap / 2
                width: implicitWidth
                anchors.verticalCenter: parent.verticalCenter
                text: row.stamp
                color: Tokens.inkSoft
                font.pixelSize: Tokens.dense * 0.65
            }
        }
    }

    Rectangle {
        id: bar
        visible: list.contentHeight > list.height
        parent: list
        x: list.width - width
        y: list.visibleArea.yPosition * list.height
        width: Tokens.gap / 4
        height: Math.max(Tokens.gap, list.visibleArea.heightRatio * list.height)
        radius: width / 2
        color: Tokens.inkSoft
        Accessible.ignored: true
    }

    component Line: Text {
        width: parent ? parent.width : 0
        font.family: Tokens.family
        font.pixelSize: Tokens.dense * 0.8
        elide: Text.ElideRight
        maximumLineCount: 1
        textFormat: Text.PlainText
        Accessible.ignored: true
    }
}
