package duka.payment.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import duka.payment.PaymentIT;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

@PaymentIT
class DocumentIT {

    @Autowired MockMvcTester http;

    @Test
    void every_endpoint_is_documented_under_a_name_of_its_own_and_with_a_summary()
            throws Exception {
        var answer = http.get().uri("/v3/api-docs").exchange();
        assertThat(answer).hasStatusOk();
        var document = answer.getResponse().getContentAsString();

        List<String> names = JsonPath.read(document, "$.paths[*][*].operationId");
        List<String> summaries = JsonPath.read(document, "$.paths[*][*].summary");
        assertThat(names)
                .doesNotHaveDuplicates()
                .contains("createRefund", "addBankAccount", "runPayouts", "reconcileDay")
                .noneMatch(name -> name.contains("_"));
        assertThat(summaries).hasSameSizeAs(names);
    }
}
