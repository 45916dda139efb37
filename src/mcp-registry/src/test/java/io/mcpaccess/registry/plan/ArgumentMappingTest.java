package io.mcpaccess.registry.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArgumentMappingTest {

    private static final String SCHEMA = """
            {'type':'object','properties':{
               'amount':{'type':'number'},'count':{'type':'integer'},'due':{'type':'string','format':'date-time'},
               'order':{'type':'object','properties':{'country':{'type':'string'},'tags':{'type':'array','items':{'type':'string'}}}},
               'any':{}},
             'x-authzen-mapping':%s}""";

    @Test
    void findsTheArgumentsThatConditionsGet() throws Exception {
        ArgumentMapping mapping = mapping("""
                {'evaluation':{
                   'subject':{'type':'user','id':'$token.sub'},
                   'action':{'name':'tools/call'},
                   'resource':{'type':'tool','id':'$params.name'},
                   'context':{'agent':'$token.?client_id','amount':'$params.arguments.amount','many':'$params.arguments.count',
                              'due':'$params.?arguments.?due','country':'$params.arguments.order.country',
                              'tags':'$params.arguments.order.?tags'}}}""");
        assertThat(mapping.remarks()).isEmpty();
        assertThat(mapping.arguments())
                .containsExactly(
                        new MappedArgument("amount", "/amount", "number"),
                        new MappedArgument("many", "/count", "integer"),
                        new MappedArgument("due", "/due", "timestamp"),
                        new MappedArgument("country", "/order/country", "string"),
                        new MappedArgument("tags", "/order/tags", "strings"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'evaluation':{'context':{'amount':'$params.arguments.amount + 1.0'}}}",
                "{'evaluation':{'context':{'amount':'$token.amount'}}}",
                "{'evaluation':{'context':{'amount':5}}}",
                "{'evaluation':{'context':{'a b':'$params.arguments.amount'}}}",
                "{'evaluation':{'context':{'amount':'$params.arguments.any'}}}",
                "{'evaluation':{'context':{'amount':'$params.arguments.unknown'}}}",
                "{'evaluation':{'action':{'name':'refund'}}}",
                "{'evaluation':{'resource':{'type':'account','id':'$params.arguments.account'}}}",
                "{'evaluations':[]}",
                "{'evaluation':{},'evaluations':{}}",
                "'x'",
                "[]"
            })
    void saysThatTheRestIsNotFollowed(String declared) throws Exception {
        ArgumentMapping mapping = mapping(declared);
        assertThat(mapping.arguments()).isEmpty();
        assertThat(mapping.remarks()).hasSize(1);
    }

    @Test
    void aToolWithoutAMappingSaysNothing() throws Exception {
        assertThat(mapping("null")).isEqualTo(ArgumentMapping.NONE);
        assertThat(ArgumentMapping.of(new ObjectMapper().readTree("[]"))).isEqualTo(ArgumentMapping.NONE);
    }

    private static ArgumentMapping mapping(String declared) throws JsonProcessingException {
        return ArgumentMapping.of(
                new ObjectMapper().readTree(SCHEMA.formatted(declared).replace('\'', '"')));
    }
}
