"""The appliance at the entrance of the hall: touch pages, the slip and its printing."""
