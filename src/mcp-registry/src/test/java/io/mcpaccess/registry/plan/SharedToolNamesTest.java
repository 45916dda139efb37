package io.mcpaccess.registry.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The attack "a tool's name as a weapon": a second server takes a tool's name, and nobody can call the first one's any more. */
class SharedToolNamesTest {

    private static final RegisteredServer BILLING = new RegisteredServer(
            "id-1",
            "billing-mcp",
            "billing",
            "",
            List.of("https://billing.example.com/mcp"),
            List.of(new RegisteredTool("list_invoices", "List", List.of("invoices:read"))));

    @Test
    void aToolThatWouldCloseAnotherServersIsRefusedAndSaysWhich() {
        Plan plan = plan(
                ToolNames.SHARED_REFUSED, false, tool("list_invoices", "archive:read"), tool("pay", "archive:pay"));

        assertThat(plan.closes()).containsExactly("closes list_invoices of billing for everybody");
        assertThat(plan.tools())
                .extracting(ToolPlan::change)
                .containsExactly(PlannedChange.REFUSED, PlannedChange.ADDED);
        assertThat(plan.tools().get(0).reason())
                .hasValueSatisfying(reason -> assertThat(reason)
                        .contains("closes list_invoices of billing for everybody", "tool_ambiguous", "force=true"));
        assertThat(plan.resultingTools(Optional.empty()))
                .extracting(RegisteredTool::key)
                .containsExactly("pay");
        assertThat(PlanJson.write(plan, false, Optional.empty())
                        .path("closes")
                        .get(0)
                        .asText())
                .isEqualTo("closes list_invoices of billing for everybody");
    }

    @Test
    void forceRegistersItAndSaysWhatItCloses() {
        Plan plan = plan(ToolNames.SHARED_REFUSED, true, tool("list_invoices", "archive:read"));

        assertThat(plan.tools().get(0).change()).isEqualTo(PlannedChange.ADDED);
        assertThat(plan.tools().get(0).warnings()).contains("closes list_invoices of billing for everybody");
        assertThat(plan.closes()).hasSize(1);
    }

    @Test
    void aToolRefusedForItsScopeSaysTooWhatItWouldClose() {
        Plan plan = plan(ToolNames.SHARED_REFUSED, false, tool("list_invoices", "invoices:read"));

        assertThat(plan.tools().get(0).change()).isEqualTo(PlannedChange.REFUSED);
        assertThat(plan.tools().get(0).reason())
                .hasValueSatisfying(reason -> assertThat(reason)
                        .contains("invoices:read already", "it closes list_invoices of billing for everybody, too"));
        assertThat(plan.closes()).hasSize(1);
    }

    @Test
    void namesThatSayTheServerCloseNothing() {
        Plan plan = plan(ToolNames.QUALIFIED, false, tool("list_invoices", "archive:read"));

        assertThat(plan.closes()).isEmpty();
        assertThat(plan.warnings()).isEmpty();
        assertThat(plan.tools()).extracting(ToolPlan::change).containsExactly(PlannedChange.ADDED);
        assertThat(plan.tools().get(0).warnings()).isEmpty();
    }

    @Test
    void whereOnePermissionOpensBothThePlanSaysSo() {
        Plan plan = plan(ToolNames.SHARED_OPENED, false, tool("list_invoices", "archive:read"));

        assertThat(plan.closes()).isEmpty();
        assertThat(plan.tools().get(0).change()).isEqualTo(PlannedChange.ADDED);
        assertThat(plan.tools().get(0).warnings())
                .containsExactly("is opened by the permissions that list_invoices of billing has");
    }

    @Test
    void aSecondServerIsToldOfTheTemplateThatKeepsThemApart() {
        assertThat(plan(ToolNames.SHARED_REFUSED, false, tool("pay", "archive:pay"))
                        .warnings())
                .singleElement()
                .asString()
                .contains("tool:{server}/{tool}", "amctl tuples qualify");
    }

    @Test
    void whatSharesItsNameAlreadyStaysAndIsWarnedAbout() {
        RegisteredServer archive = new RegisteredServer(
                "id-2",
                "archive-mcp",
                "archive",
                "",
                List.of("https://archive.example.com/mcp"),
                List.of(new RegisteredTool("list_invoices", "List", List.of("archive:read"))));
        Plan plan = new Planner(
                        new DomainState(List.of(BILLING, archive), Set.of()),
                        keys -> Map.of(),
                        new PlanOptions(ScopeTemplate.DEFAULT, false, false),
                        ToolNames.SHARED_REFUSED)
                .plan(declared(tool("list_invoices", "archive:read")));

        assertThat(plan.tools().get(0).change()).isEqualTo(PlannedChange.CHANGED);
        assertThat(plan.tools().get(0).warnings()).contains("closes list_invoices of billing for everybody");
        assertThat(plan.closes()).isEmpty();
    }

    private static Plan plan(ToolNames names, boolean force, DeclaredTool... tools) {
        return new Planner(
                        new DomainState(List.of(BILLING), Set.of()),
                        keys -> Map.of(),
                        new PlanOptions(ScopeTemplate.DEFAULT, false, force),
                        names)
                .plan(declared(tools));
    }

    private static DeclaredServer declared(DeclaredTool... tools) {
        return new DeclaredServer(
                Optional.of("archive"),
                Optional.empty(),
                List.of("https://archive.example.com/mcp"),
                false,
                List.of(tools));
    }

    private static DeclaredTool tool(String key, String scope) {
        return new DeclaredTool(key, Optional.of("List them"), Optional.of(List.of(scope)), ToolHints.NONE);
    }
}
