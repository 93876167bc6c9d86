"""The log's side of witnessing: whom it asks, what they signed, when the policy is met, and when it must stop."""
