"""What the app must have in Slack, and what for; slack-manifest.yaml asks Slack for the same."""

from collections.abc import Mapping

from bot.slack.questions.requested import ABOUT_THIS, COMMAND

SCOPES: Mapping[str, str] = {
    "app_mentions:read": "to be told when it is mentioned",
    "assistant:write": "to show that it works on an answer, in the agent view",
    "channels:history": "to be told of questions in threads, and to see whether its answer is there",
    "channels:read": "to see whether it is in the public channels of the settings, and who is in one",
    "chat:write": "to answer, at once or in a stream, and to tell what a refresh changed",
    "commands": "to be asked by its slash command and its shortcut",
    "files:read": "to be told of shared files, and to read them",
    "groups:history": "to see the same in private channels",
    "groups:read": "to see the same of private channels",
    "im:history": "to be told of direct messages",
    "im:write": "to answer its asker alone, where it may not post",
    "mpim:history": "to see the same in group messages",
    "mpim:read": "to see who is in a group message",
    "usergroups:read": "to see who is in the user groups of SLACK_AUDIENCES",
    "users:read": "to see whether a file was shared by a member, and in which language somebody has Slack",
}
EVENTS: Mapping[str, str] = {
    "app_home_opened": "the Home tab, and first questions",
    "app_mention": "questions in channels",
    "file_shared": "files shared in channels",
    "message.channels": "further questions in threads of public channels",
    "message.groups": "further questions in threads of private channels",
    "message.im": "direct messages",
    "message.mpim": "further questions in threads of group messages",
}
COMMANDS = (COMMAND,)
SHORTCUTS: Mapping[str, str] = {ABOUT_THIS: "Ask about this"}
APP_SCOPE = "connections:write"  # of the app-level token, for Socket Mode
