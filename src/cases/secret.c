#include "cases/secret.h"
#include "base/cleanup.h"
#include "base/memory.h"
#include <glib.h>
#include <pthread.h>
#include <sodium.h>
#include <stdatomic.h>
#include <string.h>

enum {
    SECRET_MEMORY = 128 << 20, /* bytes; RFC 9106 section 4 recommends 64 MiB where memory is dear */
    SECRET_PASSES = 3,
    SECRET_WAITING_MOST = 3, /* threads a lane may hold; the others go on serving who is signed in */
    SECRET_NONCE = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
    SECRET_TAG = crypto_aead_xchacha20poly1305_ietf_ABYTES,
};

static struct {
    pthread_mutex_t turn;
    atomic_uint inside;
} secret_lanes[SECRET_LANES] = {{PTHREAD_MUTEX_INITIALIZER, 0}, {PTHREAD_MUTEX_INITIALIZER, 0}};
static atomic_ulong secret_count;

unsigned long secret_worked_count(void)
{
    return atomic_load(&secret_count);
}

/* What is no UTF-8 is taken as it is: it opens nothing, and costs the same. */
static char *normalized(const char *password)
{
    char *plain = g_utf8_normalize(password, -1, G_NORMALIZE_ALL_COMPOSE);
    return plain != NULL ? plain : g_strdup(password);
}

bool secret_enter(struct secret_place *place, enum secret_lane lane)
{
    bool held = atomic_fetch_add(&secret_lanes[lane].inside, 1) < SECRET_WAITING_MOST;
    if (!held)
        atomic_fetch_sub(&secret_lanes[lane].inside, 1);
    *place = (struct secret_place){lane, held};
    return held;
}

void secret_leave(struct secret_place *place)
{
    if (place->held)
        atomic_fetch_sub(&secret_lanes[place->lane].inside, 1);
    place->held = false;
}

static bool work(const char *password, const unsigned char salt[SECRET_SALT], struct seal_key *key)
{
    char *plain = normalized(password);
    size_t length = strlen(plain);
    bool worked = crypto_pwhash(key->bytes, sizeof key->bytes, plain, length, salt, SECRET_PASSES,
                                SECRET_MEMORY, crypto_pwhash_ALG_ARGON2ID13) == 0;
    sodium_memzero(plain, length);
    g_free(plain);
    atomic_fetch_add(&secret_count, 1);
    return worked;
}

enum secret_worked secret_of_password(const struct secret_place *place, const char *password,
                                      const unsigned char salt[SECRET_SALT], struct seal_key *key)
{
    _Static_assert(SECRET_SALT == crypto_pwhash_SALTBYTES, "a salt as Argon2 takes it");
    pthread_mutex_lock(&secret_lanes[place->lane].turn);
    bool worked = work(password, salt, key);
    pthread_mutex_unlock(&secret_lanes[place->lane].turn);
    return worked ? SECRET_DONE : SECRET_BUSY;
}

void secret_of_code(const struct receipt *code, const char *what, struct seal_key *key)
{
    crypto_generichash(key->bytes, sizeof key->bytes, (const unsigned char *)what, strlen(what), code->bytes,
                       sizeof code->bytes);
}

void secret_close(const struct seal_key *key, const char *whose, const void *bytes, size_t length,
                  struct text *wrapped)
{
    unsigned char nonce[SECRET_NONCE];
    OWNED_MEMORY unsigned char *sealed = memory_new(length + SECRET_TAG, 1);
    unsigned long long size = 0;
    randombytes_buf(nonce, sizeof nonce);
    crypto_aead_xchacha20poly1305_ietf_encrypt(sealed, &size, bytes, length, (const unsigned char *)whose,
                                               strlen(whose), NULL, nonce, key->bytes);
    text_add(wrapped, (const char *)nonce, sizeof nonce);
    text_add(wrapped, (const char *)sealed, size);
}

bool secret_open(const struct seal_key *key, const char *whose, const void *wrapped, size_t wrapped_length,
                 void *bytes, size_t length)
{
    const unsigned char *at = wrapped;
    if (wrapped_length != SECRET_NONCE + length + SECRET_TAG)
        return false;
    unsigned char *opened = memory_new(length, 1);
    bool right = crypto_aead_xchacha20poly1305_ietf_decrypt(opened, NULL, NULL, at + SECRET_NONCE,
                                                            length + SECRET_TAG, (const unsigned char *)whose,
                                                            strlen(whose), at, key->bytes) == 0;
    if (right)
        memcpy(bytes, opened, length);
    sodium_memzero(opened, length);
    free(opened);
    return right;
}
