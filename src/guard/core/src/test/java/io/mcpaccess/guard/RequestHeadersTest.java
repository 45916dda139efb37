package io.mcpaccess.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpaccess.guard.GuardDecision.Allowed;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Attacks by headers that two servers read differently, and by bodies where none belongs. */
class RequestHeadersTest extends GuardWithAm {
    private static final String PING = "{'jsonrpc':'2.0','id':1,'method':'ping'}";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Mcp-Session_Id", "Mcp_Session_Id", "MCP.SESSION.ID", "Mcp_Method", "mcp_name", "Mcp-Protocol_Version",
                "MCP_Protocol_Version", "Authorization_", "_Authorization", "D_PoP", "Last_Event_ID", "Content_Type",
                "Content_Length", "Transfer_Encoding", "TransferEncoding", "Content.Encoding"
            })
    void attackAHeaderThatCgiTakesForAnother(String name) {
        Map<String, List<String>> headers = headers();
        headers.put(name, List.of("x"));
        assertThat(refused(GuardRequest.of("POST", headers, body(PING)))
                        .answer()
                        .status())
                .isEqualTo(400);
        nothingAsked();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Content-Length | 5,6 | 400",
                "Content-Length | 5,5 | 400",
                "Content-Length | +5 | 400",
                "Content-Length | 0x5 | 400",
                "Transfer-Encoding | chunked,chunked | 400",
                "Transfer-Encoding | gzip | 400",
                "Transfer-Encoding | identity | 400",
                "Content-Type | application/json,text/plain | 400",
                "Content-Type | text/plain | 415",
                "Content-Type | application/x-www-form-urlencoded | 415",
                "Content-Type | application/json;charset=utf-16 | 415",
                "Content-Type | application/json; charset=\"UTF-7\" | 415",
                "Content-Encoding | gzip | 415",
                "Last-Event-ID | a,b | 400"
            })
    void attackABodyThatAnotherServerReadsDifferently(String name, String values, int status) {
        Map<String, List<String>> headers = headers();
        headers.put(name, List.of(values.split(",")));
        assertThat(refused(GuardRequest.of("POST", headers, body(PING)))
                        .answer()
                        .status())
                .isEqualTo(status);
        nothingAsked();
    }

    @Test
    void attackALengthAndChunksInOneRequest() {
        Map<String, List<String>> headers = headers();
        headers.put("Content-Length", List.of("5"));
        headers.put("Transfer-Encoding", List.of("chunked"));
        assertThat(refused(GuardRequest.of("POST", headers, body(PING)))
                        .answer()
                        .status())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"application/json", "Application/JSON; charset=utf-8", "application/json;charset=\"UTF-8\""})
    void takesJson(String type) {
        Map<String, List<String>> headers = headers();
        headers.put("content-type", List.of(type));
        headers.put("Mcp-Param-Region", List.of("eu"));
        assertThat(guard.check(GuardRequest.of("POST", headers, body(PING))).isAllowed())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "DELETE", "HEAD", "OPTIONS", "PUT"})
    void attackABodyWhereNoneBelongs(String method) {
        for (Map.Entry<String, String> length :
                Map.of("Content-Length", "40", "Transfer-Encoding", "chunked").entrySet()) {
            Map<String, List<String>> headers = headers();
            headers.put(length.getKey(), List.of(length.getValue()));
            assertThat(refused(GuardRequest.of(method, headers, new byte[0]))
                            .answer()
                            .status())
                    .isEqualTo(400);
        }
        assertThat(guard.check(GuardRequest.of(method, headers(), body(PING))).isAllowed())
                .isFalse();
    }

    @Test
    void aStreamGoesOnWithoutABodyAndWithoutHeadersOfAMessage() {
        Map<String, List<String>> headers = headers();
        headers.put("Content-Length", List.of("0"));
        headers.put("Mcp-Method", List.of("tools/call"));
        headers.put("Mcp-Name", List.of("refund"));
        ServerRequest seen = ((Allowed) guard.check(GuardRequest.of("GET", headers, new byte[0]))).forServer();
        assertThat(seen.body()).isEmpty();
        for (String gone : List.of("content-length", "Transfer-Encoding", "mcp-method", "Mcp-Name", "Content-Type")) {
            assertThat(seen.header(gone, List.of("x"))).as(gone).isEmpty();
        }
        assertThat(seen.header("Accept", List.of("x"))).containsExactly("x");
    }

    @Test
    void aRequestWithoutATokenIsToldWhereToGetOneWhateverItsHeaders() {
        assertThat(refused(GuardRequest.of("POST", Map.of("Mcp_Name", List.of("x")), body(PING)))
                        .answer()
                        .status())
                .isEqualTo(401);
    }

    private static Map<String, List<String>> headers() {
        return new TreeMap<>(Map.of("Authorization", List.of("Bearer the-token")));
    }
}
