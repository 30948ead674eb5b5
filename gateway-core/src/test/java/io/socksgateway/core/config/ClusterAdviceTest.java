package io.socksgateway.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClusterAdviceTest {

    private static List<String> warnings(String members, int minimum, String scope) {
        return Documents.warnings("{'cluster':{'members':" + members + ",'minimumMembers':" + minimum
                + "},'quotas':[{'key':'user','sessions':1,'scope':'" + scope + "'}]}");
    }

    private static String members(int count) {
        StringBuilder members = new StringBuilder("[");
        for (int i = 1; i <= count; i++) {
            members.append(i == 1 ? "" : ",").append("'10.0.0.").append(i).append("'");
        }
        return members.append(']').toString();
    }

    @ParameterizedTest
    @CsvSource({"3, 1, 2", "4, 2, 3", "5, 2, 3"})
    void bothSidesOfASplitClusterWouldGrantTheWholeLimit(int listed, int minimum, int majority) {
        assertThat(warnings(members(listed), minimum, "cluster"))
                .singleElement()
                .asString()
                .startsWith("cluster.minimumMembers: not more than half of the " + listed + " nodes")
                .contains("write " + majority + ",");
    }

    @ParameterizedTest
    @CsvSource({"3, 2", "4, 3", "5, 5", "2, 1", "1, 1"})
    void onlyOneSideCan(int listed, int minimum) {
        assertThat(warnings(members(listed), minimum, "cluster")).isEmpty();
    }

    @Test
    void aLimitOfEachNodeIsNotSplit() {
        assertThat(warnings(members(3), 1, "node")).isEmpty();
    }

    @Test
    void nodesThatNobodyListsAreCountedAsGiven() {
        String found = "{'cluster':{'host':'10.0.0.1','discovery':'kubernetes','kubernetes':{'dns':'a.b'},'nodes':3%s},"
                + "'quotas':[{'key':'user','sessions':1}]}";
        assertThat(Documents.warnings(found.formatted(""))).hasSize(1);
        assertThat(Documents.warnings(found.formatted(",'minimumMembers':2"))).isEmpty();
    }
}
