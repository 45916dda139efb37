package io.mcpaccess.samples.billing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class InvoiceBookTest {
    private final InvoiceBook book = InvoiceBook.sample();

    @Test
    void listsByNumber() {
        assertThat(book.list()).extracting(Invoice::number).containsExactly("INV-1", "INV-2", "INV-3");
    }

    @Test
    void refundsAPaidInvoiceOnce() {
        assertThat(book.refund("INV-1")).map(Invoice::status).contains(Invoice.Status.REFUNDED);
        assertThat(book.refund("INV-1")).isEmpty();
    }

    @Test
    void refundsAPartOfAPaidInvoice() {
        assertThat(book.refund("INV-1", 50_00)).map(Invoice::status).contains(Invoice.Status.PAID);
        assertThat(book.refund("INV-1", 500_00)).isEmpty();
        assertThat(book.refund("INV-1", 0)).isEmpty();
        assertThat(book.refund("INV-2", 1)).isEmpty();
    }

    @Test
    void voidsAnOpenInvoiceAndNoOther() {
        assertThat(book.voidOpen("INV-2")).map(Invoice::status).contains(Invoice.Status.VOID);
        assertThat(book.voidOpen("INV-1")).isEmpty();
        assertThat(book.voidOpen("INV-9")).isEmpty();
        assertThat(book.find("INV-1")).map(Invoice::status).contains(Invoice.Status.PAID);
    }
}
