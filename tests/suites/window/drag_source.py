#!/usr/bin/python3
"""A second program with files to drag: a small window in a corner that offers them as XDND.

Usage: drag_source.py X Y FILE…  It says on standard output what happens to it.
"""
import sys

import gi

gi.require_version("Gdk", "3.0")
gi.require_version("Gtk", "3.0")
from gi.repository import Gdk, GLib, Gtk  # noqa: E402  (the versions must be named first)


def say(text):
    print(text, flush=True)


x, y, files = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3:]
# A popup is placed where it says, with or without a window manager.
window = Gtk.Window(type=Gtk.WindowType.POPUP)
label = Gtk.EventBox()
label.add(Gtk.Label(label="Files"))
window.add(label)
window.set_default_size(120, 60)
window.move(x, y)
target = Gtk.TargetEntry.new("text/uri-list", 0, 0)
label.drag_source_set(Gdk.ModifierType.BUTTON1_MASK, [target], Gdk.DragAction.COPY)


def hand_over(_widget, _context, selection, _info, _time):
    selection.set_uris([GLib.filename_to_uri(file) for file in files])
    say("handed over")


def end(*_arguments):
    say("ended")
    Gtk.main_quit()


label.connect("drag-begin", lambda *_arguments: say("begun"))
label.connect("drag-data-get", hand_over)
label.connect("drag-failed", lambda *_arguments: say("failed"))
label.connect("drag-end", end)
window.connect("map-event", lambda *_arguments: say("shown"))
window.show_all()
Gtk.main()
