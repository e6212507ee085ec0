/* kana: the tables of kana: which character is one, and how it is typed in Latin letters. */
#pragma once
#include <stdint.h>

enum kana_class { KANA_ORDINARY, KANA_SMALL_Y, KANA_SMALL_VOWEL, KANA_SMALL_TSU, KANA_LONG };

/* Hiragana of any kana, full or half width; KANA_MARK_LONG for its long mark; 0: it is no kana. */
uint32_t kana_hiragana(uint32_t code);
#define KANA_MARK_LONG 0x30fcu

/* Of what kana_hiragana() gives: か is "ka", ゃ "ya", っ "tsu", the long mark "-". */
const char *kana_letters(uint32_t hiragana);
enum kana_class kana_class(uint32_t hiragana);

/* The hiragana with the sounding mark `mark` behind it in it (か and ﾞ are が), 0: it takes no such mark. */
uint32_t kana_sounded(uint32_t hiragana, uint32_t mark);

/* ASCII for the signs and letters of full width, and for what a Japanese keyboard gives besides; 0: none. */
uint32_t kana_plain(uint32_t code);
/* 'o' for ō and ô, with which long vowels are written; NUL: no such letter. */
char kana_macron(uint32_t code);
