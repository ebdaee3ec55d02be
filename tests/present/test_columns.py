import pytest

from planbook.errors import UsageError
from planbook.present.say.column_words import COLUMN_WORDS, TABLE_TITLES
from planbook.present.tables.column_tables import columns_table
from planbook.saved import TABLE_CONTRACTS


def test_every_column_of_every_table_has_a_chinese_name_and_none_is_left_over() -> None:
    columns = {column for contract in TABLE_CONTRACTS.values() for column in contract.columns}
    assert set(COLUMN_WORDS) == columns
    assert set(TABLE_TITLES) == set(TABLE_CONTRACTS)
    assert all(words.title for words in COLUMN_WORDS.values())


@pytest.mark.parametrize("table", TABLE_CONTRACTS)
def test_a_tables_columns_can_be_looked_up(table: str) -> None:
    assert columns_table(table).count == len(TABLE_CONTRACTS[table].columns)


def test_an_unknown_table_is_answered_with_those_there_are() -> None:
    with pytest.raises(UsageError, match="没有数据表「goals」。现有：verdicts、"):
        columns_table("goals")
