package io.mcpaccess.registry.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeclarationReaderTest {

    @Test
    void readsAServer() {
        DeclaredServer server = read("""
                {"name":"billing","resourceIdentifiers":["HTTPS://Billing.example.com/MCP "],
                 "tools":[{"key":"pay","description":"Pay","scopes":["a","a"],"annotations":{"readOnlyHint":true}},
                          {"key":"list"}]}""");

        assertThat(server.name()).contains("billing");
        assertThat(server.resourceIdentifiers()).containsExactly("https://billing.example.com/mcp");
        assertThat(server.tools().get(0).scopes()).contains(List.of("a"));
        assertThat(server.tools().get(0).hints().readOnly()).isTrue();
        assertThat(server.tools().get(1).scopes()).isEmpty();
        assertThat(server.tools().get(1).description()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'resourceIdentifiers':['https://a/']}|name is missing",
                "{'name':' a','resourceIdentifiers':['https://a/']}|name must have",
                "{'name':'','resourceIdentifiers':['https://a/']}|name must have",
                "{'name':'bill\\ning','resourceIdentifiers':['https://a/']}|name must be one line",
                "{'name':'bill\\u001b[2Jing','resourceIdentifiers':['https://a/']}|name must be one line",
                "{'name':'a'}|resourceIdentifiers is missing",
                "{'name':'a','resourceIdentifiers':[]}|1 to 20 URLs",
                "{'name':'a','resourceIdentifiers':'https://a/'}|must be a list",
                "{'name':'a','resourceIdentifiers':['https://a/'],'tools':{}}|tools must be a list",
                "{'name':'a','resourceIdentifiers':['https://a/'],'tools':[3]}|tools[0] must be an object",
                "{'name':'a','resourceIdentifiers':['https://a/'],'tools':[{}]}|tools[0]: key is missing",
                "{'name':'a','resourceIdentifiers':['https://a/'],'tools':[{'key':'b','scopes':'x'}]}|tools[0]: scopes must be",
                "{'name':7,'resourceIdentifiers':['https://a/']}|name must be a text"
            })
    void saysWhatIsWrongAndWhere(String json, String message) {
        assertThatThrownBy(() -> read(json.replace('\'', '"')))
                .isInstanceOf(InvalidDeclarationException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "billing",
                "ftp://a/",
                "https:///mcp",
                "https://a/#f",
                "https://u:p@a/",
                "https://a b/",
                "javascript:x"
            })
    void refusesWhatIsNoResourceIdentifier(String identifier) {
        assertThatThrownBy(() -> AmLimits.identifiers(List.of(identifier)))
                .isInstanceOf(InvalidDeclarationException.class)
                .hasMessageNotContaining("u:p");
    }

    @Test
    void refusesATemplateThatGivesNoScopes() {
        assertThatThrownBy(() -> ScopeTemplate.of("tools:{name}"))
                .hasMessageContaining("{tool}, {server} and {access}");
        assertThatThrownBy(() -> ScopeTemplate.of("tools {tool}")).hasMessageContaining("RFC 6749");
    }

    @Test
    void fillsInATemplate() {
        DeclaredTool tool =
                read("{\"name\":\"a\",\"resourceIdentifiers\":[\"https://a/\"],\"tools\":[{\"key\":\"pay\"}]}")
                        .tools()
                        .get(0);

        assertThat(ScopeTemplate.of("{server}:{access}:{tool}").scope("Billing & Co.", tool))
                .isEqualTo("billing-co:write:pay");
    }

    private static DeclaredServer read(String json) {
        try {
            return DeclarationReader.read((ObjectNode) new ObjectMapper().readTree(json));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
