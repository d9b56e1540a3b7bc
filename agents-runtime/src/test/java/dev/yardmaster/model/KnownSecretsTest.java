package dev.yardmaster.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KnownSecretsTest {

    private static final KnownSecrets SECRETS = KnownSecrets.of(Map.of(
            "OPENAI_API_KEY",
            "value-of-a-key",
            "DB_PASSWORD",
            "value-of-a-key-and-more",
            "PIN_TOKEN",
            "1234",
            "SSH_KEY",
            "/home/me/.ssh/id",
            "PATH",
            "/usr/bin:/usr/local/bin",
            "EDITOR",
            "emacs-without-secrets"));

    private static String digits(int count) {
        return "a1".repeat(count / 2);
    }

    @Test
    void values_of_variables_that_are_named_like_secrets_are_named_in_their_place() {
        assertThat(SECRETS.apply("a=value-of-a-key;\nb=value-of-a-key-and-more"))
                .isEqualTo("a=[redacted: OPENAI_API_KEY];\nb=[redacted: DB_PASSWORD]");
        assertThat(SECRETS.apply("1234 /home/me/.ssh/id /usr/bin:/usr/local/bin emacs-without-secrets"))
                .doesNotContain("redacted");
    }

    @Test
    void keys_of_known_shapes_are_taken_out_wherever_they_stand() {
        for (String key : new String[] {
            "sk-" + digits(40),
            "sk-ant-api03-" + digits(40),
            "ghp_" + digits(36),
            "github_pat_" + digits(60),
            "glpat-" + digits(20),
            "xoxb-" + digits(30),
            "AKIA" + "ABCDEFGH12345678",
            "AIza" + digits(34) + "x",
            "gsk_" + digits(50),
            "hf_" + digits(34),
            "npm_" + digits(36),
            "eyJ" + digits(20) + ".eyJ" + digits(20) + "." + digits(30),
            "-----BEGIN OPENSSH PRIVATE KEY-----\nabc\ndef=\n-----END OPENSSH PRIVATE KEY-----"
        }) {
            assertThat(SECRETS.apply("token: \"" + key + "\", next")).isEqualTo("token: \"[redacted: a key]\", next");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "from sk-learn import things-that-are-no-keys-at-all",
                "api_key = os.environ[\"OPENAI_API_KEY\"]",
                "headers = {\"Authorization\": f\"Bearer {token}\"}",
                "password: ${DB_PASSWORD}",
                "pk_customer_id, hf_hub_download(repo), sk-container",
                "-----BEGIN CERTIFICATE-----",
                "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            })
    void source_code_is_left_as_it_is(String code) {
        assertThat(SECRETS.apply(code)).isEqualTo(code);
    }

    @Test
    void what_it_gave_it_gives_again() {
        String once = SECRETS.apply("value-of-a-key sk-" + digits(40));
        assertThat(SECRETS.apply(once)).isEqualTo(once);
    }
}
