package io.mcpaccess.guard.jsonrpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonRpcReaderTest {
    private final JsonRpcReader reader = new JsonRpcReader();

    @Test
    void readsARequest() throws MalformedMessageException {
        JsonRpcMessage message = read("{'jsonrpc':'2.0','id':7,'method':'tools/call','params':{'name':'x'}}");
        assertThat(message).isInstanceOfSatisfying(JsonRpcMessage.Request.class, request -> {
            assertThat(request.id().intValue()).isEqualTo(7);
            assertThat(request.method()).isEqualTo("tools/call");
            assertThat(request.params().path("name").textValue()).isEqualTo("x");
            assertThat(request.toString()).doesNotContain("name");
        });
    }

    @Test
    void readsANotificationAndAResponse() throws MalformedMessageException {
        assertThat(read("{'jsonrpc':'2.0','method':'notifications/initialized'}"))
                .isEqualTo(new JsonRpcMessage.Notification("notifications/initialized", MissingNode.getInstance()));
        assertThat(read("{'jsonrpc':'2.0','id':'a','result':{}}"))
                .isEqualTo(new JsonRpcMessage.Response(
                        new TextNode("a"), "result", JsonNodeFactory.instance.objectNode()));
        assertThat(read("{'jsonrpc':'2.0','id':1,'error':{'code':1,'message':'m'}}"))
                .isInstanceOf(JsonRpcMessage.Response.class);
    }

    @Test
    void case09_refusesABatch() {
        refuses("[{'jsonrpc':'2.0','id':1,'method':'tools/call','params':{'name':'x'}}]", -32600);
        refuses("[]", -32600);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'jsonrpc':'2.0','id':1,'method':'ping','method':'tools/call'}",
                "{'jsonrpc':'2.0','id':1,'method':'tools/call','params':{'name':'a','name':'b'}}",
                "{'jsonrpc':'2.0','id':1,'method':'tools/call','params':{'name':'a','n\\u0061me':'b'}}",
                "{'jsonrpc':'2.0','id':1,'method':'x','params':{'arguments':{'a':{'b':1,'b':2}}}}"
            })
    void case14_refusesDuplicateMembersAtAnyDepth(String body) {
        refuses(body, -32700);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "{'jsonrpc':'2.0','id':1,'method':'ping'} {}",
                "{'jsonrpc':'2.0','id':1,'method':'ping'}x",
                "nul"
            })
    void refusesWhatIsNotOneJsonValue(String body) {
        refuses(body, -32700);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "'x'",
                "{}",
                "{'id':1,'method':'ping'}",
                "{'jsonrpc':2.0,'id':1,'method':'ping'}",
                "{'jsonrpc':'2.0','id':1,'method':1}",
                "{'jsonrpc':'2.0','id':null,'method':'ping'}",
                "{'jsonrpc':'2.0','id':1.5,'method':'ping'}",
                "{'jsonrpc':'2.0','id':{},'method':'ping'}",
                "{'jsonrpc':'2.0','id':1,'method':'ping','params':[]}",
                "{'jsonrpc':'2.0','id':1,'method':'ping','result':{}}",
                "{'jsonrpc':'2.0','id':1,'result':{},'error':{}}",
                "{'jsonrpc':'2.0','id':1}",
                "{'jsonrpc':'2.0','result':{}}"
            })
    void refusesWhatIsNoMessage(String body) {
        refuses(body, -32600);
    }

    @Test
    void refusesOtherEncodingsThanUtf8() {
        byte[] utf16 = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}".getBytes(StandardCharsets.UTF_16);
        assertThatExceptionOfType(MalformedMessageException.class).isThrownBy(() -> reader.read(utf16));
        byte[] broken = {'{', '"', (byte) 0xC0, (byte) 0xAF, '"', ':', '1', '}'};
        assertThatExceptionOfType(MalformedMessageException.class).isThrownBy(() -> reader.read(broken));
    }

    @Test
    void refusesAnEndlessDepth() {
        refuses(
                "{'jsonrpc':'2.0','id':1,'method':'x','params':{'a':" + "[".repeat(5_000) + "]".repeat(5_000) + "}}",
                -32700);
    }

    private JsonRpcMessage read(String singleQuoted) throws MalformedMessageException {
        return reader.read(singleQuoted.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private void refuses(String singleQuoted, int code) {
        assertThatExceptionOfType(MalformedMessageException.class)
                .isThrownBy(() -> read(singleQuoted))
                .satisfies(refused -> assertThat(refused.code()).isEqualTo(code));
    }
}
