package duka.identity.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mockingDetails;
import static org.mockito.Mockito.when;

import duka.identity.AccountKeeping;
import duka.identity.AuditLog;
import duka.identity.ChangingPassword;
import duka.identity.ForgottenPasswords;
import duka.identity.KeepingAddresses;
import duka.identity.KeepingSessions;
import duka.identity.Registering;
import duka.identity.Selling;
import duka.identity.SigningIn;
import duka.identity.SigningKeys;
import duka.identity.VerifyingEmail;
import duka.web.Role;
import duka.web.TestTokens;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

/** What makes no sense or is not for everybody gets no further than the controllers. */
@WebMvcTest({
    AddressController.class,
    AuditController.class,
    AuthController.class,
    EmailController.class,
    KeyController.class,
    PasswordController.class,
    ProfileController.class,
    SessionController.class,
    UserController.class,
    VendorController.class
})
@Import(TestTokens.class)
class InvalidRequestsTest {

    private static final UUID ME = UUID.fromString("0198c0de-0000-7000-8000-000000000001");

    @Autowired MockMvcTester http;
    @MockitoBean AccountKeeping accounts;
    @MockitoBean AuditLog audit;
    @MockitoBean ChangingPassword changing;
    @MockitoBean ForgottenPasswords forgotten;
    @MockitoBean KeepingAddresses addresses;
    @MockitoBean KeepingSessions sessions;
    @MockitoBean Registering registering;
    @MockitoBean Selling selling;
    @MockitoBean SigningIn signingIn;
    @MockitoBean SigningKeys keys;
    @MockitoBean VerifyingEmail verifying;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    auth/password/change         | {}                                          | current_password
                    auth/password/change         | {"current_password":"a"}                    | new_password
                    auth/password/change         | {"current_password":"a","new_password":"b","confirm_password":"c"} | confirm_password
                    auth/password/change/verify  | {}                                          | code
                    auth/password/change/verify  | {"code":"12345"}                            | code
                    auth/password/change/verify  | {"code":"12345a"}                           | code
                    auth/password/change/verify  | {"code":"١٢٣٤٥٦"}                           | code
                    auth/password/change/confirm | {}                                          | new_password
                    auth/password/change/confirm | {"new_password":"b","confirm_password":""}  | confirm_password
                    auth/password/forgot         | {}                                          | email
                    auth/password/forgot         | {"email":"nobody"}                          | email
                    auth/password/reset          | {"new_password":"b"}                        | token
                    auth/password/reset          | {"token":" ","new_password":"b"}            | token
                    auth/password/reset          | {"token":"a"}                               | new_password
                    auth/password/reset          | {"reset_token":"a","new_password":"b","confirm_password":"c"} | confirm_password
                    auth/email/verify            | {}                                          | token
                    auth/register                | {"email":"a@example.com","password":"x","first_name":"R2D2"} | first_name
                    auth/register                | {"email":"a@example.com","password":"x","last_name":"<b>"} | last_name
                    auth/register                | {"email":"a@example.com","password":"x","phone_number":"0700000001"} | phone_number
                    auth/register                | {"email":"a@example.com","password":"x","phone_number":"+25"} | phone_number
                    users/me/addresses           | {}                                          | city
                    users/me/addresses           | {"address_line1":"a","city":" ","country":"Kenya"} | city
                    users/me/addresses           | {"address_line1":"a\\nb","city":"c","country":"Kenya"} | address_line1
                    users/me/addresses           | {"address_line1":"a","city":"c","country":"Kenya","phone_number":"x"} | phone_number
                    users/me/addresses           | {"address_line1":"a","city":"c","country":"Kenya","is_default_billing":"x"} | is_default_billing
                    vendors                      | {}                                          | business_name
                    vendors                      | {"business_name":"a"}                       | business_address
                    vendors                      | {"business_name":"a","business_address":"b","business_id":0} | business_id
                    vendors                      | {"business_name":"a","business_address":"b","business_id":9223372036854775808} | business_id
                    vendors                      | {"business_name":"a","business_address":"b","business_id":"x"} | business_id
                    """)
    void a_field_that_makes_no_sense_is_named(String path, String body, String field) {
        assertThat(
                        http.post()
                                .uri("/api/v1/" + path)
                                .header("Authorization", TestTokens.bearer(ME, Role.CUSTOMER))
                                .contentType(MediaType.APPLICATION_JSON)
                                .content(body))
                .hasStatus(400)
                .hasContentType(MediaType.APPLICATION_PROBLEM_JSON)
                .bodyJson()
                .hasPath("$.errors." + field);
        nothingIsDone();
    }

    @Test
    void what_is_too_long_is_not_kept() {
        for (var body :
                List.of(
                        "{\"email\": \"%s@example.com\", \"password\": \"giraffe-42-lake\"}"
                                .formatted("a".repeat(300)),
                        "{\"username\": \"%s\", \"password\": \"giraffe-42-lake\"}"
                                .formatted("a".repeat(151)),
                        "{\"username\": \"amina\", \"password\": \"giraffe-42-lake\","
                                + " \"first_name\": \"%s\"}".formatted("a".repeat(151)))) {
            assertThat(
                            http.post()
                                    .uri("/api/v1/auth/register")
                                    .contentType(MediaType.APPLICATION_JSON)
                                    .content(body))
                    .hasStatus(400);
        }
        nothingIsDone();
    }

    @ParameterizedTest
    @CsvSource({
        "GET,    users/me/addresses,          401, 200",
        "POST,   users/me/addresses,          401, 400",
        "GET,    users/me/addresses/x,        401, 400",
        "GET,    users/me/sessions,           401, 200",
        "DELETE, users/me/sessions,           401, 204",
        "DELETE, users/me/sessions/x,         401, 400",
        "DELETE, users/0198c0de-0000-7000-8000-000000000001, 401, 403",
        "POST,   users/0198c0de-0000-7000-8000-000000000001/roles, 401, 403",
        "POST,   users/0198c0de-0000-7000-8000-000000000001/reactivate, 401, 403",
        "GET,    users,                       401, 403",
        "POST,   auth/password/change,        401, 400",
        "POST,   auth/password/change/request, 401, 200",
        "POST,   auth/password/change/verify, 401, 400",
        "POST,   auth/password/change/confirm, 401, 400",
        "POST,   auth/password/forgot,        400, 400",
        "POST,   auth/password/reset,         400, 400",
        "POST,   auth/email/verify,           400, 400",
        "GET,    auth/email/verify,           400, 400",
        "GET,    auth/email/verify?token=,    400, 400",
        "GET,    auth/email/verify?token=abc, 200, 200",
        "POST,   auth/email/resend,           401, 200",
        "POST,   auth/keys/rotate,            401, 403",
        "GET,    audit-log,                   401, 403",
        "GET,    mails,                       401, 403",
        "POST,   vendors,                     401, 400",
        "GET,    vendors,                     200, 200",
        "GET,    vendors?standing=SUSPENDED,  400, 400",
        "GET,    vendors?standing=x,          400, 400",
        "GET,    vendors?ordering=reason,     400, 400",
        "GET,    vendors/x,                   400, 400",
        "GET,    vendors/me,                  401, 404",
        "GET,    vendors/0198c0de-0000-7000-8000-000000000002, 404, 404",
        "PATCH,  vendors/0198c0de-0000-7000-8000-000000000002, 401, 404",
        "DELETE, vendors/0198c0de-0000-7000-8000-000000000001, 401, 403",
        "POST,   vendors/0198c0de-0000-7000-8000-000000000001/approve, 401, 403",
        "POST,   vendors/0198c0de-0000-7000-8000-000000000001/suspend, 401, 403"
    })
    void guests_and_customers_may_do_this_much(
            String method, String path, int guest, int customer) {
        when(verifying.resend(any())).thenReturn(VerifyingEmail.Resent.SENT);
        for (var signedIn : List.of(false, true)) {
            var request = http.method(HttpMethod.valueOf(method.strip())).uri("/api/v1/" + path);
            if (signedIn) {
                request.header("Authorization", TestTokens.bearer(ME, Role.CUSTOMER));
            }
            if (!method.strip().equals("GET")) {
                request.contentType(MediaType.APPLICATION_JSON).content("{}");
            }
            assertThat(request.exchange()).hasStatus(signedIn ? customer : guest);
        }
    }

    private void nothingIsDone() {
        for (var useCase :
                List.of(accounts, changing, forgotten, addresses, registering, selling)) {
            assertThat(mockingDetails(useCase).getInvocations()).isEmpty();
        }
        assertThat(mockingDetails(verifying).getInvocations()).isEmpty();
    }
}
