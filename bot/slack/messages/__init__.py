"""What the bot says, within Slack's limits and with nothing in it that Slack would act on."""
