"""What a reviewer hands on: findings, samples, the opinion."""
