package io.mcpaccess.samples.billing;

import io.mcpaccess.samples.billing.Invoice.Status;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** The invoices, in memory. Threads may share it. */
public final class InvoiceBook {
    private final ConcurrentSkipListMap<String, Invoice> invoices = new ConcurrentSkipListMap<>();

    /**
     * @param first the invoices to begin with
     */
    public InvoiceBook(List<Invoice> first) {
        first.forEach(invoice -> invoices.put(invoice.number(), invoice));
    }

    /**
     * @return a book with three invoices in it
     */
    public static InvoiceBook sample() {
        return new InvoiceBook(List.of(
                new Invoice("INV-1", "Acme", 120_00, Status.PAID),
                new Invoice("INV-2", "Globex", 75_50, Status.OPEN),
                new Invoice("INV-3", "Initech", 9_99, Status.OPEN)));
    }

    /**
     * @return all invoices, by number
     */
    public List<Invoice> list() {
        return List.copyOf(invoices.values());
    }

    /**
     * @param number of an invoice
     * @return it, if there is one
     */
    public Optional<Invoice> find(String number) {
        return Optional.ofNullable(invoices.get(number));
    }

    /**
     * @param number of an invoice
     * @return the paid invoice as refunded; empty when there is no such invoice or it is not paid
     */
    public Optional<Invoice> refund(String number) {
        return change(number, Status.PAID, Status.REFUNDED);
    }

    /**
     * Gives a part of the money back; the invoice stays paid.
     *
     * @param number of an invoice
     * @param cents how much, in euro cents
     * @return the invoice; empty when there is no such invoice, it is not paid, or it was about less
     */
    public Optional<Invoice> refund(String number, long cents) {
        return find(number).filter(invoice -> invoice.status() == Status.PAID && cents > 0 && cents <= invoice.cents());
    }

    /**
     * @param number of an invoice
     * @return the open invoice as void; empty when there is no such invoice or it is not open
     */
    public Optional<Invoice> voidOpen(String number) {
        return change(number, Status.OPEN, Status.VOID);
    }

    private Optional<Invoice> change(String number, Status from, Status to) {
        Invoice before = invoices.get(number);
        boolean changed =
                before != null && before.status() == from && invoices.replace(number, before, before.with(to));
        return changed ? find(number) : Optional.empty();
    }
}
