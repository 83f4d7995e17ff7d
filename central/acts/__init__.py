"""What a command makes happen at central, inside one transaction."""
