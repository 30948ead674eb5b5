package io.socksgateway.core.config;

import static io.socksgateway.core.config.Documents.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonMergeTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'a':1}             | {'b':2}             | {'a':1,'b':2}",
                "{'a':1}             | {'a':2}             | {'a':2}",
                "{'a':{'x':1,'y':1}} | {'a':{'y':2,'z':2}} | {'a':{'x':1,'y':2,'z':2}}",
                "{'a':[1,2]}         | {'a':[2,3]}         | {'a':[1,2,2,3]}",
                "{'a':[1]}           | {'a':2}             | {'a':2}",
                "{'a':1}             | {'a':[2]}           | {'a':[2]}",
                "{'a':{'x':1}}       | {'a':null}          | {'a':null}",
                "{'a':null}          | {'a':{'x':1}}       | {'a':{'x':1}}",
                "{'a':{'x':[1]}}     | {'a':{'x':[{'y':2}]}} | {'a':{'x':[1,{'y':2}]}}",
            })
    void twoDocumentsBecomeOne(String first, String second, String merged) {
        assertThat(JsonMerge.of(List.of(json(first), json(second)))).isEqualTo(json(merged));
    }

    @Test
    void theGivenDocumentsStayAsTheyAre() {
        JsonObject first = json("{'a':{'x':[1]}}");
        JsonObject second = json("{'a':{'x':[2],'y':{'z':1}}}");
        JsonObject merged = JsonMerge.of(List.of(first, second, json("{'a':{'y':{'z':2}}}")));

        assertThat(merged).isEqualTo(json("{'a':{'x':[1,2],'y':{'z':2}}}"));
        assertThat(first).isEqualTo(json("{'a':{'x':[1]}}"));
        assertThat(second).isEqualTo(json("{'a':{'x':[2],'y':{'z':1}}}"));
    }
}
