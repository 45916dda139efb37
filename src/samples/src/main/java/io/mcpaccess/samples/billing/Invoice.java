package io.mcpaccess.samples.billing;

import java.util.Objects;

/**
 * An invoice.
 *
 * @param number such as {@code INV-1}
 * @param customer who owes
 * @param cents the amount in euro cents; not negative
 * @param status what became of it
 */
public record Invoice(String number, String customer, long cents, Status status) {
    /** What became of an invoice. */
    public enum Status {
        /** To be paid. */
        OPEN,
        /** Paid. */
        PAID,
        /** Paid, and the money given back. */
        REFUNDED,
        /** Never to be paid. */
        VOID
    }

    /** Refuses nulls and negative amounts. */
    public Invoice {
        Objects.requireNonNull(number, "number");
        Objects.requireNonNull(customer, "customer");
        Objects.requireNonNull(status, "status");
        if (cents < 0) {
            throw new IllegalArgumentException("The amount of invoice " + number + " is negative.");
        }
    }

    Invoice with(Status next) {
        return new Invoice(number, customer, cents, next);
    }

    /**
     * @return one line for a person or a model
     */
    public String summary() {
        return "%s %s %d.%02d EUR %s".formatted(number, customer, cents / 100, cents % 100, status);
    }
}
