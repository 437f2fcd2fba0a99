package duka.order.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

import duka.order.Reporting;
import duka.web.Caller;
import duka.web.Paging;
import duka.web.Role;
import java.time.Clock;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.context.request.ServletWebRequest;

class ReportControllerTest {

    final Reporting reporting = mock();
    final Caller staff = new Caller(UUID.randomUUID(), Set.of(Role.STORE_MANAGER));
    final Paging paging = new Paging(1, 20);
    final MockHttpServletResponse response = new MockHttpServletResponse();
    final ReportController controller = new ReportController(reporting, Clock.systemUTC());

    @Test
    void a_report_is_read_before_any_of_it_is_written() {
        given(reporting.list(any(), anyInt(), anyLong()))
                .willThrow(new QueryTimeoutException("too slow"));
        var request = new ServletWebRequest(new MockHttpServletRequest(), response);

        assertThatExceptionOfType(QueryTimeoutException.class)
                .isThrownBy(
                        () ->
                                controller.reportSales(
                                        staff, paging, null, null, "day", null, "csv", request,
                                        response));

        assertThat(response.getContentType()).isNull();
        assertThat(response.getHeaderNames()).isEmpty();
    }
}
