// A word or a line beside something.
import QtQuick
import QtQuick.Templates as T
import Onecard

T.Label {
    color: Tokens.ink
    font.family: Tokens.family
    font.pixelSize: Tokens.label
    textFormat: Text.PlainText
    Accessible.role: Accessible.StaticText
    Accessible.name: text
}
