// The button of the screens: one of the icon family and a word.
import OnecardStyle

Button {
    property string picture
    property bool quiet: false

    icon.name: picture
    flat: quiet
}
