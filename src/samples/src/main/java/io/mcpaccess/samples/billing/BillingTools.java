package io.mcpaccess.samples.billing;

import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.JsonSchema;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The tools of the billing server. They know nothing of tokens or permissions: the guard stands before them. */
final class BillingTools {
    static final String REFUND = "refund_invoice";
    static final String AMOUNT = "amount";
    private static final Map<String, Object> STRING = Map.of("type", "string");

    private final InvoiceBook book;

    BillingTools(InvoiceBook book) {
        this.book = book;
    }

    List<SyncToolSpecification> all() {
        return List.of(
                tool(
                        "list_invoices",
                        "List all invoices",
                        List.of(),
                        request -> Optional.of(
                                book.list().stream().map(Invoice::summary).collect(Collectors.joining("\n")))),
                tool(
                        "get_invoice",
                        "Show one invoice",
                        List.of("number"),
                        request -> book.find(number(request)).map(Invoice::summary)),
                tool(
                        REFUND,
                        "Refund a paid invoice",
                        Map.of("number", STRING, AMOUNT, Map.of("type", "number", "description", "in EUR")),
                        List.of("number"),
                        this::refund),
                tool(
                        "void_invoice",
                        "Void an open invoice",
                        List.of("number"),
                        request -> book.voidOpen(number(request)).map(Invoice::summary)),
                // The demo's domain does not register this one, until it imports the list.
                tool(
                        "count_invoices",
                        "Count all invoices",
                        List.of(),
                        request -> Optional.of(String.valueOf(book.list().size()))));
    }

    private Optional<String> refund(CallToolRequest request) {
        Object amount = request.arguments().get(AMOUNT);
        Optional<Invoice> refunded = amount instanceof Number euros
                ? book.refund(number(request), Math.round(euros.doubleValue() * 100))
                : book.refund(number(request));
        return refunded.map(invoice -> invoice.summary() + (amount == null ? "" : ", " + amount + " EUR given back"));
    }

    private static SyncToolSpecification tool(
            String name, String description, List<String> arguments, Function<CallToolRequest, Optional<String>> run) {
        Map<String, Object> properties = arguments.stream().collect(Collectors.toMap(one -> one, one -> STRING));
        return tool(name, description, properties, arguments, run);
    }

    private static SyncToolSpecification tool(
            String name,
            String description,
            Map<String, Object> properties,
            List<String> required,
            Function<CallToolRequest, Optional<String>> run) {
        Tool tool = Tool.builder()
                .name(name)
                .description(description)
                .inputSchema(new JsonSchema("object", properties, required, false, null, null))
                .build();
        return new SyncToolSpecification(tool, (exchange, request) -> result(run.apply(request)));
    }

    private static CallToolResult result(Optional<String> text) {
        return CallToolResult.builder()
                .addTextContent(text.orElse("There is no such invoice, or its status does not allow this."))
                .isError(text.isEmpty())
                .build();
    }

    private static String number(CallToolRequest request) {
        return String.valueOf(request.arguments().get("number"));
    }
}
