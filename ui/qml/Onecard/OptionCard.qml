// One thing to choose: a picture, a word, a short line.
import QtQuick
import QtQuick.Templates as T

T.AbstractButton {
    id: option

    property string picture
    property string detail
    property real size: Tokens.headline * 0.85

    readonly property bool ringed: visualFocus || activeFocus && Tokens.byKeys
    readonly property bool wide: width > height * 1.6 && width > Tokens.picture * 1.6
    readonly property bool cramped: height < Tokens.picture

    implicitWidth: Tokens.picture * 1.6
    implicitHeight: Tokens.picture * 1.5
    focusPolicy: Qt.StrongFocus
    scale: down ? 0.98 : 1
    Accessible.role: Accessible.Button
    Accessible.name: text
    Accessible.description: detail
    Accessible.onPressAction: click()
    Keys.onReturnPressed: click()
    Keys.onEnterPressed: click()

    Behavior on scale { NumberAnimation { duration: Tokens.quick; easing.type: Easing.OutQuad } }

    background: Panel {
        color: option.down ? Tokens.surfacePressed : Tokens.surface
        FocusRing { visible: option.ringed }
    }

    contentItem: Item {
        id: face

        Rectangle {
            id: badge
            readonly property real most: option.wide ? face.height * (option.cramped ? 0.66 : 0.72)
                : option.cramped ? face.height * 0.34 : Math.min(face.height * 0.46, face.width * 0.5)
            width: Math.min(most, Tokens.picture)
            height: width
            radius: width / 2
            color: Tokens.surfaceSoft
            border.width: Tokens.highContrast ? Tokens.border : 0
            border.color: Tokens.ink
            x: option.wide ? Tokens.gap : (face.width - width) / 2
            y: option.wide ? (face.height - height) / 2
                : Math.max(0, (face.height - height - words.height - Tokens.gap / 2) / 2)
            Icon {
                anchors.centerIn: parent
                name: option.picture
                colour: Tokens.accent
                size: badge.width * 0.56
            }
        }
        Column {
            id: words
            x: option.wide ? badge.x + badge.width + Tokens.gap : 0
            y: option.wide ? (face.height - height) / 2 : badge.y + badge.height + Tokens.gap / 2
            width: face.width - x
            spacing: Tokens.gap / 6
            Sentence {
                width: parent.width
                room: option.wide ? face.height * (detail_.visible ? 0.56 : 1)
                    : face.height - badge.height - Tokens.gap / 2 - (detail_.visible ? detail_.height : 0)
                text: option.text
                size: option.size
                least: 0.45
                lineHeight: option.cramped ? 1 : 1.15
                font.bold: true
                horizontalAlignment: option.wide ? Text.AlignLeft : Text.AlignHCenter
                Accessible.ignored: true
            }
            Sentence {
                id: detail_
                width: parent.width
                visible: text !== "" && !Tokens.compact
                text: option.detail
                size: Tokens.label
                color: Tokens.inkSoft
                horizontalAlignment: option.wide ? Text.AlignLeft : Text.AlignHCenter
                room: option.wide ? face.height * 0.42 : size * 2.6
                Accessible.ignored: true
            }
        }
    }
    padding: Tokens.gap * (cramped ? 0.5 : 0.75)
}
