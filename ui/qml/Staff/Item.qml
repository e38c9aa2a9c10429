// One transaction: what happened and why in plain words, what is known, and what may be done about it.
import QtQuick
import Onecard

FocusScope {
    id: sheet

    property var page: ({})
    property var staff

    readonly property bool beside: !Tokens.tall
    readonly property real letters: Tokens.dense * 0.8
    readonly property var options: page.options ?? []

    // What scrolls shows that it has the keys once they were used.
    property bool byKeys: false

    focus: true
    Keys.onPressed: byKeys = true

    Panel {
        id: told
        width: sheet.beside ? sheet.width * (Tokens.small ? 0.5 : 0.58) : sheet.width
        height: sheet.beside ? sheet.height : sheet.height - choices.height - Tokens.gap
        radius: Tokens.radius / 2
        border.width: Tokens.highContrast ? Tokens.border : 0
        border.color: Tokens.line
        FocusRing { visible: scrolled.activeFocus && sheet.byKeys; of: parent.radius }
        Flickable {
            id: scrolled
            objectName: "facts"
            anchors { fill: parent; margins: Tokens.gap / (Tokens.small ? 2 : 1) }
            contentHeight: lines.height
            clip: true
            boundsBehavior: Flickable.StopAtBounds
            activeFocusOnTab: true
            focus: true
            Keys.onUpPressed: contentY = Math.max(0, contentY - Tokens.target)
            Keys.onDownPressed: contentY = Math.min(Math.max(0, contentHeight - height), contentY + Tokens.target)
            Column {
                id: lines
                width: scrolled.width
                spacing: Tokens.gap / 2
                Sentence {
                    width: parent.width
                    room: Tokens.headline * 2
                    text: sheet.page.title ?? ""
                    size: Tokens.headline * 0.62
                    font.bold: true
                    color: Tokens.tone(sheet.page.tone)
                }
                Told { name: qsTrId("staff.why"); value: sheet.page.detail ?? ""; tone: sheet.page.tone ?? ""; sub: sheet.page.code ?? "" }
                Told { name: qsTrId("staff.next_step"); value: sheet.page.next_step ?? ""; tone: "neutral" }
                Rectangle { width: parent.width; height: Tokens.border / 2; color: Tokens.line }
                Repeater {
                    model: sheet.page.facts ?? []
                    Row {
                        required property var modelData
                        width: lines.width
                        spacing: Tokens.gap / 2
                        Accessible.role: Accessible.StaticText
                        Accessible.name: modelData.label + ": " + modelData.value
                        Word { id: label; width: parent.width * 0.34; text: modelData.label; color: Tokens.inkSoft }
                        Word {
                            width: parent.width - label.width - parent.spacing
                            text: modelData.value
                            color: modelData.tone === "neutral" ? Tokens.ink : Tokens.tone(modelData.tone)
                            font.bold: true
                        }
                    }
                }
            }
        }
        Rectangle {
            visible: scrolled.contentHeight > scrolled.height
            anchors.right: parent.right
            y: scrolled.y + scrolled.visibleArea.yPosition * scrolled.height
            width: Tokens.gap / 4
            height: scrolled.visibleArea.heightRatio * scrolled.height
            radius: width / 2
            color: Tokens.inkSoft
        }
    }

    Grid {
        id: choices
        x: sheet.beside ? told.width + Tokens.gap : 0
        y: sheet.beside ? 0 : sheet.height - height
        width: sheet.width - x
        spacing: Tokens.gap / (Tokens.small ? 3 : 2)
        readonly property int count: sheet.options.length + 1
        columns: sheet.beside && count * (72 + spacing) - spacing > sheet.height ? 2 : 1
        readonly property int lines: Math.ceil(count / columns)
        readonly property real wide: (width - (columns - 1) * spacing) / columns
        readonly property real each: sheet.beside
            ? Math.max(72, Math.min(Tokens.target * 1.25, (sheet.height - (lines - 1) * spacing) / lines)) : Tokens.target * 1.2
        Repeater {
            model: sheet.options
            StaffChoice {
                required property var modelData
                objectName: "option-" + modelData.id
                width: choices.wide
                height: choices.each
                picture: modelData.picture
                text: modelData.label
                detail: modelData.detail
                onClicked: sheet.staff.touch(modelData.id)
            }
        }
        StaffChoice {
            objectName: "back"
            width: choices.wide
            height: choices.each
            picture: "back"
            text: qsTrId("staff.back")
            onClicked: sheet.staff.back()
        }
    }

    component Word: Text {
        font.family: Tokens.family
        font.pixelSize: sheet.letters
        wrapMode: Text.Wrap
        textFormat: Text.PlainText
        Accessible.ignored: true
    }
    component Told: Column {
        property string name
        property string value
        property string tone
        property string sub
        visible: value !== ""
        width: lines.width
        Accessible.role: Accessible.StaticText
        Accessible.name: name + ": " + value
        Word { width: parent.width; text: parent.name + (parent.sub !== "" ? "  " + parent.sub : ""); color: Tokens.inkSoft; font.pixelSize: sheet.letters * 0.8 }
        Word { width: parent.width; text: parent.value; color: Tokens.ink; font.bold: true; font.pixelSize: sheet.letters * 1.1 }
    }
}
