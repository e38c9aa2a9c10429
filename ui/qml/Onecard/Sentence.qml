// A sentence: wraps where Chinese or English may, and grows smaller before it leaves its room, takes more
// lines than it has, or breaks a word.
import QtQuick

Text {
    id: sentence

    property real size: Tokens.body
    // The height it may take, in pixels; 0 for as much as it needs.
    property real room: 0
    // The smallest it may become, as a part of its size; never under the smallest letter there is.
    property real least: 0.6
    readonly property real bound: Math.max(least, Math.min(1, Tokens.smallest / size))

    readonly property real fitsWords: large.contentWidth > width && width > 0 ? width / large.contentWidth * 0.98 : 1
    readonly property real fitsLines: large.lineCount > maximumLineCount ? maximumLineCount / large.lineCount : 1
    // Smaller letters mean fewer lines, so height goes with the square of their size …
    readonly property real guess: Math.min(fitsWords, fitsLines, shrink(large, 0.5))
    // … unless the lines stay as many: then in proportion.
    readonly property real lines: smaller.lineCount > maximumLineCount ? maximumLineCount / smaller.lineCount : 1
    readonly property real fit: Math.max(bound, guess * lines * shrink(smaller, 1))

    function shrink(probe, power) {
        return room <= 0 || probe.implicitHeight <= room ? 1 : Math.pow(room / probe.implicitHeight, power) * 0.98;
    }

    color: Tokens.ink
    font.family: Tokens.family
    font.pixelSize: Math.max(1, Math.floor(size * fit))
    wrapMode: Text.Wrap
    textFormat: Text.PlainText
    lineHeight: 1.15
    Accessible.role: Accessible.StaticText
    Accessible.name: text
    Accessible.ignored: text === ""

    Probe { id: large; part: 1 }
    Probe { id: smaller; part: sentence.guess }

    component Probe: Text {
        required property real part
        visible: false
        width: sentence.width
        text: sentence.text
        font.family: sentence.font.family
        font.bold: sentence.font.bold
        font.pixelSize: Math.max(1, Math.floor(sentence.size * part))
        wrapMode: sentence.wrapMode === Text.Wrap ? Text.WordWrap : sentence.wrapMode
        textFormat: Text.PlainText
        lineHeight: sentence.lineHeight
        Accessible.ignored: true
    }
}
