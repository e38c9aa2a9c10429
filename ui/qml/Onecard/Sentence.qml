// A sentence: wraps where Chinese or English may, and grows smaller before it leaves its room.
import QtQuick

Text {
    id: sentence

    property real size: Tokens.body
    // The height it may take, in pixels; 0 for as much as it needs.
    property real room: 0
    readonly property real fit: room <= 0 || probe.implicitHeight <= room
        ? 1 : Math.max(0.6, Math.sqrt(room / probe.implicitHeight) * 0.98)

    color: Tokens.ink
    font.family: Tokens.family
    font.pixelSize: Math.max(1, Math.floor(size * fit))
    wrapMode: Text.Wrap
    textFormat: Text.PlainText
    lineHeight: 1.15
    Accessible.role: Accessible.StaticText
    Accessible.name: text
    Accessible.ignored: text === ""

    Text {
        id: probe
        visible: false
        width: sentence.width
        text: sentence.text
        font.family: sentence.font.family
        font.bold: sentence.font.bold
        font.pixelSize: Math.max(1, Math.floor(sentence.size))
        wrapMode: sentence.wrapMode
        textFormat: Text.PlainText
        lineHeight: sentence.lineHeight
        Accessible.ignored: true
    }
}
